"""The starter pack's model card: the last evaluation's, with its pictures, if it is of the same checkpoints.

Knows the evaluation's folder (card.md, figures.json, pictures beside them) and nothing of what it measured.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from video_diffusion.export.canonical_json import sha256


@dataclass(frozen=True)
class Card:
    """Markdown, and the files of the pictures that it shows."""

    text: str
    pictures: tuple[Path, ...] = ()


def starter_card(folder: Path, files: dict[str, Path], title: str, description: str) -> Card:
    """The card of the evaluation in ``folder`` for a pack made from the checkpoints ``files``.

    Without an evaluation the card says that there was none; stages that it did not see, or saw with other weights, are
    named. Throws FileNotFoundError for a picture that the card shows and the folder lacks.
    """
    path = folder / "card.md"
    if not path.exists():
        return Card(f"# {title}\n\n{description}\n\n**Not evaluated: no figures belong to these weights.**\n")
    text = path.read_text(encoding="utf-8")
    pictures = tuple(folder / name for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text))
    for picture in pictures:
        if not picture.exists():
            raise FileNotFoundError(f"{path} shows {picture.name}, which is not there: evaluate again.")
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    measured = figures.get("checkpoints", {})
    other = [stage for stage, file in files.items() if measured.get(stage) != sha256(file.read_bytes())]
    if other:
        note = f"**Measured before these stages were last trained, or without them: {', '.join(other)}.**"
        head, _, rest = text.partition("\n\n")
        text = f"{head}\n\n{note}\n\n{rest}"
    return Card(text, pictures)
