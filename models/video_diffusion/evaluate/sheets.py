"""Contact sheets: every clip that was made, in the order of its seed, with nothing chosen.

Knows pixels and captions; does not know what made the clips.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from torch import Tensor

_TITLE = 12


def contact_sheet(
    path: Path, clips: Sequence[Tensor], titles: Sequence[str], shown: int, width: int, columns: int
) -> None:
    """Writes a sheet (.png or .webp) of clips uint8 ``[F, H, W, 3]``: ``shown`` frames of each, ``columns`` abreast.

    Every frame is ``width`` pixels wide; small ones are enlarged without smoothing, so that their pixels can be seen.
    """
    _, height, full, _ = clips[0].shape
    tall = round(width * height / full)
    cell_w, cell_h = shown * (width + 1) + 5, tall + _TITLE + 3
    rows = -(-len(clips) // columns)
    sheet = Image.new("RGB", (columns * cell_w, rows * cell_h), "white")
    pen = ImageDraw.Draw(sheet)
    way = Image.Resampling.NEAREST if full <= width else Image.Resampling.BOX
    for i, (clip, title) in enumerate(zip(clips, titles, strict=True)):
        left, top = i % columns * cell_w, i // columns * cell_h
        pen.text((left, top), title[: cell_w // 6], fill="black")
        for k in range(shown):
            frame = clip[round(k * (len(clip) - 1) / max(1, shown - 1))]
            picture = Image.fromarray(np.ascontiguousarray(frame.numpy())).resize((width, tall), way)
            sheet.paste(picture, (left + k * (width + 1), top + _TITLE))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".webp":
        sheet.save(path, quality=88, method=6)
    else:
        sheet.save(path, optimize=True)
