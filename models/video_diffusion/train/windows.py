"""What the super-resolution stages are trained on: a few frames in a row of a part of a scene, rendered on the fly.

Rendering costs as much as a training step of the high stages, so each window is shown several times, mirrored or not,
with another caption, noise and augmentation each time, among others of its block. Which window a sample shows follows
from the sample's number alone: a run that resumes, or one of a crew, shows what it would have shown.
"""

import random
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..networks.ladder import Stage
from ..networks.super_resolution_blocks import SuperResolutionConfig
from ..papercut.camera import Crop
from ..papercut.motion import subject_track
from ..papercut.render import render
from ..papercut.scene import Scene, mirror, sample_scene
from .config import TrainConfig
from .drafts import Drafts

_SEEDS = 1_000_000_000
# Up to this height edges need four samples a pixel.
SUPERSAMPLED_HEIGHT = 192
# Windows rendered for a block of samples; a block of ssr-768 holds 60 MB of them.
_BLOCK = 32


@dataclass(frozen=True)
class Window:
    """What one sample of a stage shows: so many frames in a row, and so many pixels of the whole."""

    frames: int
    height: int
    width: int


WINDOWS: dict[str, Window] = {
    "tsr-6": Window(32, 24, 40),
    "ssr-48": Window(8, 48, 80),
    "ssr-192": Window(4, 96, 128),
    "tsr-12": Window(12, 64, 96),
    "tsr-24": Window(12, 64, 96),
    "ssr-768": Window(5, 160, 192),
}


@dataclass(frozen=True)
class Shown:
    """A window ``[F, 3, H, W]``, in [-1, 1] or uint8, its scene, its frames' moments in [0, 1), and where the scene has
    a draft the part of it that shows the same, ``[F, 3, h, w]`` in [-1, 1]."""

    x: Tensor
    scene: Scene
    moments: tuple[float, ...]
    low_res: Tensor | None = None

    def mirrored(self) -> "Shown":
        """Left and right exchanged, in the picture and in what is said about it."""
        low_res = None if self.low_res is None else self.low_res.flip(-1)
        return Shown(self.x.flip(-1), mirror(self.scene), self.moments, low_res)


class Windows:
    """The windows of one stage, of ``frames`` frames each; every one serves some samples, a share shows drafts."""

    def __init__(self, stage: Stage, frames: int, config: TrainConfig, drafts: Drafts | None = None) -> None:
        assert isinstance(stage.network, SuperResolutionConfig)
        self.stage, self.network, self.frames, self.config, self.drafts = stage, stage.network, frames, config, drafts
        self.window = WINDOWS[stage.id]
        self._block = -1
        self._order: list[int] = []
        self._rendered: dict[int, Shown] = {}

    def __getitem__(self, sample: int) -> Shown:
        """The window of a sample, rendered if it is not at hand."""
        block, place = divmod(sample, _BLOCK * self.config.window_uses)
        if block != self._block:
            self._block, self._rendered = block, {}
            self._order = list(range(_BLOCK)) * self.config.window_uses
            self._rng("order").shuffle(self._order)
        number = self._order[place]
        if number not in self._rendered:
            self._rendered[number] = self._render(self._rng(number))
        return self._rendered[number]

    def _rng(self, what: int | str) -> random.Random:
        return random.Random(f"{self.config.seed}/{self.stage.id}/{self.frames}/{self._block}/{what}")

    def _render(self, rng: random.Random) -> Shown:
        draft = None
        if self.drafts is not None and rng.random() < self.config.draft_share:
            draft = self.drafts[rng.randrange(len(self.drafts))]
        scene = draft.scene if draft else sample_scene(rng.randrange(_SEEDS))
        stage, window = self.stage, self.window
        stride = 2 if self.network.kind == "tsr" else 1
        first = stride * rng.randint(0, (stage.frames - self.frames) // stride)
        moments = tuple((first + i) / stage.frames for i in range(self.frames))
        middle = torch.tensor([moments[len(moments) // 2]]).view(1, 1, 1)
        x, y, _ = subject_track(scene, middle)[0].tolist()
        crop = crop_of(stage, window, (x, y), rng)
        times = torch.tensor(moments)
        if stage.height <= SUPERSAMPLED_HEIGHT:
            doubled = Crop(2 * crop.top, 2 * crop.left, 2 * window.height, 2 * window.width)
            picture = F.avg_pool2d(render(scene, times, 2 * stage.height, 2 * stage.width, doubled), 2)
        else:
            picture = render(scene, times, stage.height, stage.width, crop)
        low_res = draft.part(first, self.frames, crop, self.network.scale) if draft else None
        return Shown(picture * 2 - 1, scene, moments, low_res)


def crop_of(stage: Stage, window: Window, subject: tuple[float, float], rng: random.Random) -> Crop:
    """Anywhere, or half of the time about the subject's centre; on the grid of the network's smallest cells."""
    cell = stage.network.cell
    top, left = rng.randint(0, stage.height - window.height), rng.randint(0, stage.width - window.width)
    if rng.random() < 0.5:
        x, y = subject
        top = int((0.5 - y) * stage.height - window.height * rng.uniform(0.2, 0.8))
        left = int(x * stage.height + stage.width / 2 - window.width * rng.uniform(0.2, 0.8))
    top, left = top // cell * cell, left // cell * cell
    return Crop(
        min(max(top, 0), stage.height - window.height), min(max(left, 0), stage.width - window.width),
        window.height, window.width,
    )  # fmt: skip
