"""Batches for the base model: rendered clips from shards, captions written anew, mirrored at random.

Knows where the subject is (``subject_track``) and weighs the loss towards it: a subject covers a tenth of the pictures
and is all that anybody looks at.
"""

import random
import time
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..papercut.scene import Scene, mirror, sample_scene
from ..papercut.shards import CLIPS_PER_SHARD, FRAMES, HEIGHT, WIDTH, existing_shards, shard_path, tracks_path
from ..pixels import from_uint8
from .batch import CPU, Batch, Prompts, draw_log_snr, noisy, onto
from .config import TrainConfig
from .masks import draw_mask

# As in the experiment that made subjects and colours learnable: six times the weight at the subject's centre.
_SUBJECT_WEIGHT = 5.0
_LOOK_FOR_SHARDS_SECONDS = 60.0
# Whose place at a moment depends on a phase that no caption tells: the last motions to be learned.
_PERIODIC = ("circle", "bounce")

_X = ((torch.arange(WIDTH) + 0.5) / HEIGHT - WIDTH / (2 * HEIGHT)).view(1, 1, -1)
_Y = (0.5 - (torch.arange(HEIGHT) + 0.5) / HEIGHT).view(1, -1, 1)


@lru_cache(maxsize=200_000)
def _scene(seed: int) -> Scene:
    return sample_scene(seed)


def subject_weight(track: Tensor) -> Tensor:
    """Weight of each pixel ``[F, 1, H, W]`` in the loss, from the subject's track ``[F, 3]``; its mean is 1."""
    x, y, radius = (track[:, i].view(-1, 1, 1) for i in range(3))
    reach = 0.10 + 0.60 * radius
    weight = 1 + _SUBJECT_WEIGHT * torch.exp(-((_X - x) ** 2 + (_Y - y) ** 2) / reach**2)
    return (weight / weight.mean((1, 2), keepdim=True)).unsqueeze(1)


class BaseBatches:
    """Draws batches from all shards that exist, looking for new ones now and then."""

    def __init__(self, folder: Path, config: TrainConfig, prompts: Prompts, device: torch.device = CPU) -> None:
        self.folder, self.config, self.prompts, self.device = folder, config, prompts, device
        self.shards: list[Tensor] = []
        self.tracks: list[Tensor] = []
        self.numbers: list[int] = []
        self._looked = -_LOOK_FOR_SHARDS_SECONDS
        self._look()
        if not self.shards:
            raise FileNotFoundError(
                f"There are no rendered clips in {folder}. Make some with "
                f"`python -m video_diffusion.papercut --out {folder}`."
            )

    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of this step: clips of sixteen frames, or pictures (one frame of each of as many clips)."""
        self._look()
        rng = random.Random(f"{self.config.seed}/{step}")
        generator = torch.Generator(self.device).manual_seed(hash((self.config.seed, step)) % 2**62)
        count = self.config.pictures if pictures else self.config.clips
        stride = self.config.frame_stride
        frames = [] if pictures else list(range(rng.randrange(stride), FRAMES, stride))
        clips, scenes, tracks, times = zip(*(self._clip(rng, frames) for _ in range(count)), strict=True)
        x = from_uint8(torch.stack(clips))
        mask = torch.stack([draw_mask(x.shape[1], HEIGHT, WIDTH, rng) for _ in range(count)])
        weight = torch.stack([subject_weight(track) for track in tracks]) * (1 - mask)
        weight = weight / weight.mean((1, 2, 3, 4), keepdim=True).clamp(min=0.02)
        mask, weight = onto(mask, self.device), onto(weight, self.device)
        log_snr = draw_log_snr(count, self.config.schedule(pictures), generator)
        z_t, v = noisy(x, log_snr, generator)
        text = self.prompts(list(scenes), list(times), rng, self.config.text_dropout)
        inputs = {"z_t": z_t, "log_snr": log_snr, **text, "given": x * mask, "given_mask": mask}
        if stride > 1 and not pictures:
            inputs["frame_index"] = torch.tensor(frames, device=self.device)
        return Batch(inputs, v, weight, log_snr)

    def _clip(self, rng: random.Random, frames: list[int]) -> tuple[Tensor, Scene, Tensor, list[float]]:
        """One clip's ``frames`` uint8, or one frame of it at random if none are named; mirrored or not."""
        which, place, scene = self._choose(rng, pictures=not frames)
        frames = frames or [rng.randrange(FRAMES)]
        step = frames[1] - frames[0] if len(frames) > 1 else 1
        x = self.shards[which][place][frames[0] : frames[-1] + 1 : step]
        track = self.tracks[which][place][frames]
        if rng.random() < 0.5:
            scene, x = mirror(scene), x.flip(-1)
            track = track * torch.tensor([-1.0, 1.0, 1.0])
        return x, scene, track, [frame / FRAMES for frame in frames]

    def _choose(self, rng: random.Random, pictures: bool) -> tuple[int, int, Scene]:
        """Shard, place in it and scene at random; in clips, periodic motions ``periodic_weight`` times as often."""
        while True:
            which = rng.randrange(len(self.shards))
            place = rng.randrange(len(self.shards[which]))
            scene = _scene(self.numbers[which] * CLIPS_PER_SHARD + place)
            weight = self.config.periodic_weight
            if pictures or scene.motion in _PERIODIC or weight * rng.random() < 1:
                return which, place, scene

    def _look(self) -> None:
        if time.monotonic() - self._looked < _LOOK_FOR_SHARDS_SECONDS:
            return
        self._looked = time.monotonic()
        for number in sorted(set(existing_shards(self.folder)) - set(self.numbers)):
            self.numbers.append(number)
            # Read into memory only where another device's is meant.
            mode = "c" if self.device.type == "cpu" else None
            clips = torch.from_numpy(np.load(shard_path(self.folder, number), mmap_mode=mode))
            self.shards.append(clips.to(self.device))
            self.tracks.append(torch.from_numpy(np.load(tracks_path(self.folder, number))))
