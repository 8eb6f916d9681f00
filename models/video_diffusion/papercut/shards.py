"""Rendered clips of the base model's size on disk: shards of uint8 frames, made from seeds and made again at will.

A shard is one ``.npy`` of ``[512, 16, 3, 24, 40]``; the clip at place i of the shard that starts at seed s is the training
scene of seed s + i, so captions and tracks need not be stored. Shards are written whole or not at all.
"""

import os
from pathlib import Path

import numpy as np

from .render import clip_times, render_small, to_uint8
from .scene import sample_scene

CLIPS_PER_SHARD = 512
FRAMES, HEIGHT, WIDTH = 16, 24, 40


def shard_path(folder: Path, index: int) -> Path:
    """Where the shard of this number lies."""
    return folder / f"base-{index:05d}.npy"


def existing_shards(folder: Path) -> list[int]:
    """Numbers of the shards that are complete, in order."""
    return sorted(int(path.stem.removeprefix("base-")) for path in folder.glob("base-*.npy"))


def render_shard(folder: Path, index: int, clips: int = CLIPS_PER_SHARD) -> Path:
    """Renders one shard unless it exists; safe against being killed at any moment."""
    path = shard_path(folder, index)
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    frames = np.empty((clips, FRAMES, 3, HEIGHT, WIDTH), np.uint8)
    for i in range(clips):
        scene = sample_scene(index * CLIPS_PER_SHARD + i)
        frames[i] = to_uint8(render_small(scene, clip_times(FRAMES), HEIGHT, WIDTH)).numpy()
    partial = path.with_suffix(f".{os.getpid()}.tmp")
    with partial.open("wb") as file:
        np.save(file, frames)
    partial.replace(path)
    return path
