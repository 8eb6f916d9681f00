"""Drafts: clips as the stages below draw them, each beside the scene that it should have shown (``draw_drafts``).

A file holds uint8 ``[32, F, 3, h, w]``; the draft at place i of file n shows the training scene of seed 32 n + i.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..papercut.camera import Crop
from ..papercut.scene import Scene, sample_scene
from ..pixels import from_uint8

DRAFTS_PER_FILE = 32


def drafts_folder(data: Path, stage: str) -> Path:
    """Where the drafts that a stage enlarges lie, beside the base model's shards."""
    return data / "drafts" / stage


def drafts_path(folder: Path, number: int) -> Path:
    """Where the file of this number lies."""
    return folder / f"drafts-{number:05d}.npy"


@dataclass(frozen=True)
class Draft:
    """What the stages below made of a scene: uint8 ``[F, 3, h, w]``."""

    scene: Scene
    clip: Tensor

    def part(self, first: int, frames: int, crop: Crop, scale: int) -> Tensor:
        """What lies under ``crop`` of a picture ``scale`` times as large, in so many frames: ``[F', 3, h', w']`` in
        [-1, 1]."""
        rows, columns = (
            slice(start // scale, (start + size) // scale)
            for start, size in ((crop.top, crop.height), (crop.left, crop.width))
        )
        return from_uint8(self.clip[first : first + frames, :, rows, columns])


class Drafts:
    """All drafts in a folder. Throws FileNotFoundError if there are none."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(folder.glob("drafts-*.npy"))
        if not paths:
            raise FileNotFoundError(
                f"There are no drafts in {folder}. Make some with "
                f"`python -m video_diffusion.train.draw_drafts --stage {folder.name}`."
            )
        self._numbers = [int(path.stem.removeprefix("drafts-")) for path in paths]
        self._files = [np.load(path, mmap_mode="c") for path in paths]

    def __len__(self) -> int:
        return len(self._files) * DRAFTS_PER_FILE

    def __getitem__(self, index: int) -> Draft:
        file, place = divmod(index, DRAFTS_PER_FILE)
        scene = sample_scene(self._numbers[file] * DRAFTS_PER_FILE + place)
        return Draft(scene, torch.from_numpy(self._files[file][place]))
