"""What a distillation consists of: phases, each with a student, a target and a teacher that the phase before left.

    guided → N/2 steps → N/4 → … → the steps asked for  [→ stochastic | consistency, at as many steps]

Knows the order and what the header of a finished student says. Does not know how anything is trained.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

PhaseKind = Literal["guided", "ddim", "stochastic", "consistency"]
Ending = Literal["ddim", "stochastic", "consistency"]

# The largest w that a student is taught. Stages that do not attend to text have nothing to guide, and stay unguided;
# oscillating guidance is for the base and the first two spatial stages (Imagen Video, on oscillating guidance).
MOST_GUIDANCE = {"base": 6.0, "ssr-48": 3.0, "ssr-192": 3.0}
# A consistency student is trained on this grid, whatever few steps it is then drawn with.
CONSISTENCY_GRID = 16


@dataclass(frozen=True)
class Phase:
    """One student: ``steps`` are the sampling steps it is for; a guided student is for any."""

    kind: PhaseKind
    steps: int

    @property
    def name(self) -> str:
        return self.kind if self.kind == "guided" else f"{self.kind}-{self.steps}"


def phases_of(first: int, last: int, ending: Ending, needs_guidance: bool) -> list[Phase]:
    """From a teacher that takes ``first`` steps to a student that takes ``last``.

    A consistency student needs no halving. Throws ValueError unless halving ``first`` some times gives ``last``.
    """
    phases = [Phase("guided", 0)] if needs_guidance else []
    if ending == "consistency":
        return [*phases, Phase("consistency", last)]
    steps = first
    while steps > last:
        if steps % 2:
            break
        steps //= 2
        phases.append(Phase("ddim", steps))
    if steps != last or first == last:
        raise ValueError(f"Halving {first} steps never gives {last}. Start from {last} times a power of two.")
    return [*phases, Phase("stochastic", last)] if ending == "stochastic" else phases


def shares_of(phases: list[Phase]) -> list[float]:
    """Which share of the time each phase gets: guidance and the last student twice as much as what lies between."""
    weight = [2.0 if phase.kind == "guided" or phase is phases[-1] else 1.0 for phase in phases]
    return [w / sum(weight) for w in weight]


@dataclass(frozen=True)
class Past:
    """One phase that has been: its kind, sampling steps, optimiser steps and seconds; of a reward, who gave it."""

    kind: str
    steps: int
    optimiser_steps: int
    seconds: int
    judges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Distilled:
    """What a distilled checkpoint is: how to sample it, and what was spent on it (its teacher's training included)."""

    sampler: str
    steps: int
    most_guidance: float
    past: tuple[Past, ...]
    teacher_steps: int
    teacher_seconds: int

    def header(self) -> dict[str, str]:
        """As an entry of a checkpoint's header."""
        return {"distilled": json.dumps(asdict(self))}

    @staticmethod
    def read(header: dict[str, str]) -> "Distilled | None":
        """From a checkpoint's header; None if the network was not distilled."""
        if "distilled" not in header:
            return None
        fields = json.loads(header["distilled"])
        return Distilled(**{**fields, "past": tuple(_past_of(past) for past in fields["past"])})


def _past_of(fields: dict[str, Any]) -> Past:
    """From JSON. The first reward was given by one judge and did not say so."""
    judges = tuple(fields.get("judges", ("select",) if fields["kind"] == "reward" else ()))
    return Past(**{**fields, "judges": judges})
