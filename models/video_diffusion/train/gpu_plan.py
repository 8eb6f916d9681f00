"""How half an hour on one large GPU is spent: phases in order, each with its share, and a ledger of what it has had.

A phase that is interrupted goes on in the next call; one that has had its share is not begun again. Knows no network
and no data.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["text", "train", "distil"]


@dataclass(frozen=True)
class Phase:
    """``share`` of the whole time · ``stage`` it is about · ``decays``: the last share of the phase, in which the
    learning rate falls."""

    kind: Kind
    stage: str
    share: float
    decays: float = 0.3

    @property
    def name(self) -> str:
        return f"{self.kind} {self.stage}".strip()


# The base first: nothing above it can mend it, and whatever ends the call early ends the least of all. Then the chain
# in the order in which a clip runs through it. Super-resolution is sampled in two to four steps undistilled, so what
# distillation is for is the base model's guidance and steps.
PHASES = (
    Phase("text", "", 0.05),
    Phase("train", "base", 0.42),
    Phase("train", "tsr-6", 0.06),
    Phase("train", "ssr-48", 0.07),
    Phase("train", "ssr-192", 0.08),
    Phase("train", "tsr-12", 0.05),
    Phase("train", "tsr-24", 0.05),
    Phase("train", "ssr-768", 0.08),
    Phase("distil", "base", 0.12),
)


@dataclass
class Ledger:
    """Seconds that every phase has had, in a file that is written whole."""

    path: Path

    def spent(self, phase: Phase) -> float:
        """Seconds of earlier calls and of this one."""
        return self._read().get(phase.name, 0.0)

    def charge(self, phase: Phase, seconds: float) -> None:
        """Sets what the phase has had."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".tmp")
        partial.write_text(json.dumps(self._read() | {phase.name: round(seconds, 2)}, indent=1))
        partial.replace(self.path)

    def _read(self) -> dict[str, float]:
        return json.loads(self.path.read_text()) if self.path.exists() else {}
