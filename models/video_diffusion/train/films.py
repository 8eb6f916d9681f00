"""Whole pieces of scenes at a stage's own size, rendered once by many processes and kept on the device that trains.

For a GPU, which eats windows faster than any number of processes renders them: a film is some frames in a row of the
whole picture, uint8, and a sample is any window of any film. Files are shards of a few films, made from seeds; what a
film shows follows from its number.
"""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..networks.ladder import Stage
from ..papercut.motion import subject_track
from ..papercut.render import render, render_small, to_uint8
from ..papercut.scene import Scene, sample_scene
from ..papercut.shards import save_array
from .windows import SUPERSAMPLED_HEIGHT, Shown, Window, crop_of

_LOOK_FOR_SHARDS_SECONDS = 10.0


@dataclass(frozen=True)
class Reel:
    """``frames`` of each film of a stage, films in a shard (some 25 to 50 MB), and shards that are worth rendering."""

    frames: int
    films: int
    shards: int


REELS: dict[str, Reel] = {
    "tsr-6": Reel(32, 256, 16),
    "ssr-48": Reel(8, 256, 16),
    "ssr-192": Reel(8, 16, 64),
    "tsr-12": Reel(16, 8, 64),
    "tsr-24": Reel(16, 8, 64),
    "ssr-768": Reel(8, 2, 200),
}


@dataclass(frozen=True)
class Film:
    """A scene and the moments of its frames in [0, 1)."""

    scene: Scene
    moments: tuple[float, ...]


def film_of(stage: Stage, number: int) -> Film:
    """What the film of this number shows; a temporal stage's begins with a frame that its input has, too."""
    scene, frames = sample_scene(number), REELS[stage.id].frames
    stride = 2 if stage.kind == "tsr" else 1
    first = stride * random.Random(f"{stage.id}/{number}").randint(0, (stage.frames - frames) // stride)
    return Film(scene, tuple((first + i) / stage.frames for i in range(frames)))


def shard_path(folder: Path, stage: str, shard: int) -> Path:
    """Where a shard lies: ``[films, frames, 3, H, W]`` uint8."""
    return folder / f"{stage}-{shard:05d}.npy"


def render_films(folder: Path, stage: Stage, shard: int) -> None:
    """Renders one shard unless it exists; whole or not at all."""
    path, count = shard_path(folder, stage.id, shard), REELS[stage.id].films
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    paint = render_small if stage.height <= SUPERSAMPLED_HEIGHT else render
    films = [film_of(stage, shard * count + i) for i in range(count)]
    frames = [to_uint8(paint(film.scene, torch.tensor(film.moments), stage.height, stage.width)) for film in films]
    save_array(path, torch.stack(frames).numpy())


class FilmLibrary:
    """All films of a stage that have been rendered so far, on a device; looks for new ones now and then."""

    def __init__(self, folder: Path, stage: Stage, device: torch.device) -> None:
        self.folder, self.stage, self.device = folder, stage, device
        self.films: list[tuple[Film, Tensor, Tensor]] = []
        self._known: set[int] = set()
        self._looked = -_LOOK_FOR_SHARDS_SECONDS

    def look(self) -> int:
        """Takes in new shards; how many films there are now."""
        if time.monotonic() - self._looked < _LOOK_FOR_SHARDS_SECONDS and self.films:
            return len(self.films)
        self._looked = time.monotonic()
        prefix = f"{self.stage.id}-"
        found = {int(path.stem.removeprefix(prefix)) for path in self.folder.glob(f"{prefix}[0-9]*.npy")}
        for shard in sorted(found - self._known):
            self._known.add(shard)
            frames = torch.from_numpy(np.load(shard_path(self.folder, self.stage.id, shard))).to(self.device)
            for i, pixels in enumerate(frames):
                film = film_of(self.stage, shard * REELS[self.stage.id].films + i)
                self.films.append((film, pixels, subject_track(film.scene, torch.tensor(film.moments).view(-1, 1, 1))))
        return len(self.films)


class FilmWindows:
    """Windows of ``frames`` frames out of a library: a source for ``SuperResolutionBatches``."""

    def __init__(self, library: FilmLibrary, window: Window, frames: int, seed: int) -> None:
        self.library, self.window, self.frames, self.seed = library, window, frames, seed

    def __getitem__(self, sample: int) -> Shown:
        """Any window of any film, uint8 on the library's device, or one about the subject."""
        if not self.library.look():
            raise FileNotFoundError(f"There are no films of {self.library.stage.id} in {self.library.folder} yet.")
        rng = random.Random(f"{self.seed}/{self.library.stage.id}/{self.frames}/{sample}")
        film, pixels, track = self.library.films[rng.randrange(len(self.library.films))]
        stage = self.library.stage
        stride = 2 if stage.kind == "tsr" else 1
        first = stride * rng.randint(0, (len(pixels) - self.frames) // stride)
        x, y, _ = track[first + self.frames // 2].tolist()
        crop = crop_of(stage, self.window, (x, y), rng)
        shown = pixels[
            first : first + self.frames, :, crop.top : crop.top + crop.height, crop.left : crop.left + crop.width
        ]
        return Shown(shown, film.scene, film.moments[first : first + self.frames])
