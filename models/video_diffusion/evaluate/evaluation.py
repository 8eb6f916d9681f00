"""An evaluation as it goes: figures section by section, kept after each, within a time, going on where it was.

A section is measured again only if what it depends on has changed (checkpoints, sizes); one for which there is no time
left is named, and the next call goes on with it. Knows no measure.
"""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

from .cascade import OutOfTime

Figures = dict[str, object]


class Evaluation:
    """Collects figures in ``out``/figures.json."""

    def __init__(self, out: Path, deadline: float) -> None:
        self.out, self.deadline = out, deadline
        out.mkdir(parents=True, exist_ok=True)
        path = out / "figures.json"
        self._before: Figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.figures: Figures = {"measured from": {}, "left for want of time": []}

    def add(self, section: str, make: Callable[[], object], depends_on: object, part: str | None = None) -> None:
        """One section, or one ``part`` of it (a stage); taken over from before if it was measured of the same."""
        name = section if part is None else f"{section}: {part}"
        key = hashlib.sha256(json.dumps([name, depends_on], default=str).encode()).hexdigest()[:16]
        begin = time.monotonic()
        found = self._kept(section, part) if self._before.get("measured from", {}).get(name) == key else None
        try:
            if found is None and begin > self.deadline:
                raise OutOfTime
            figures = make() if found is None else found
        except OutOfTime:
            self.figures["left for want of time"].append(name)
            print(f"{name}: no time left", flush=True)
            return
        if part is None:
            self.figures[section] = figures
        else:
            self.figures.setdefault(section, {})[part] = figures
        self.figures["measured from"][name] = key
        print(f"{name}: {'kept' if found is not None else f'{time.monotonic() - begin:.0f} s'}", flush=True)
        self.write()

    def _kept(self, section: str, part: str | None) -> object | None:
        figures = self._before.get(section)
        return figures if part is None or figures is None else figures.get(part)

    def write(self) -> None:
        """figures.json, as far as it is; sections that wait for their turn keep their last figures."""
        waiting = {name: value for name, value in self._before.items() if name not in self.figures}
        keys = self._before.get("measured from", {}) | self.figures["measured from"]
        text = json.dumps(waiting | self.figures | {"measured from": keys}, indent=1, ensure_ascii=False)
        partial = self.out / "figures.tmp"
        partial.write_text(text, encoding="utf-8")
        partial.replace(self.out / "figures.json")
