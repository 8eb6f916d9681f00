"""Rendered clips of the base model's size on disk: shards of uint8 frames, made from seeds and made again at will.

A shard is one ``.npy`` of ``[512, 16, 3, 24, 40]`` and one of its subjects' tracks ``[512, 16, 3]``
(``subject_track``); the clip at place i of shard n is the training scene of seed 512 n + i, so captions need not be
stored. Files are written whole or not at all.
"""

import os
from pathlib import Path

import numpy as np

from .motion import subject_track
from .render import clip_times, render_small, to_uint8
from .scene import sample_scene

CLIPS_PER_SHARD = 512
FRAMES, HEIGHT, WIDTH = 16, 24, 40


def shard_path(folder: Path, index: int) -> Path:
    """Where the shard of this number lies."""
    return folder / f"base-{index:05d}.npy"


def existing_shards(folder: Path) -> list[int]:
    """Numbers of the shards that are complete, in order."""
    numbers = sorted(int(path.stem.removeprefix("base-")) for path in folder.glob("base-*.npy"))
    return [number for number in numbers if tracks_path(folder, number).exists()]


def tracks_path(folder: Path, index: int) -> Path:
    """Where the tracks of the shard of this number lie."""
    return folder / f"tracks-{index:05d}.npy"


def render_shard(folder: Path, index: int, clips: int = CLIPS_PER_SHARD) -> Path:
    """Renders one shard unless it exists; safe against being killed at any moment."""
    path, tracks = shard_path(folder, index), tracks_path(folder, index)
    folder.mkdir(parents=True, exist_ok=True)
    scenes = [sample_scene(index * CLIPS_PER_SHARD + i) for i in range(clips)]
    times = clip_times(FRAMES)
    if not tracks.exists():
        save_array(tracks, np.stack([subject_track(scene, times.view(-1, 1, 1)).numpy() for scene in scenes]))
    if not path.exists():
        frames = np.empty((clips, FRAMES, 3, HEIGHT, WIDTH), np.uint8)
        for i, scene in enumerate(scenes):
            frames[i] = to_uint8(render_small(scene, times, HEIGHT, WIDTH)).numpy()
        save_array(path, frames)
    return path


def save_array(path: Path, array: np.ndarray) -> None:
    """Writes an array whole or not at all, also when several processes write the same."""
    partial = path.with_suffix(f".{os.getpid()}.tmp")
    with partial.open("wb") as file:
        np.save(file, array)
    partial.replace(path)
