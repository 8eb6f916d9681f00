"""Batches for the super-resolution stages: crops of scenes rendered on the fly, and the low-resolution input they had.

A spatial stage sees the area average of the truth; a temporal stage every second true frame, repeated. Either is noised
at the input's own size before it is repeated or enlarged (docs/pack-format.md, "Axes, ranges, units"), at a level drawn
for each sample (noise conditioning augmentation: Cascaded Diffusion Models, 2106.15282, section 4.1.2).
"""

import random
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..networks.ladder import Stage
from ..networks.preconditioning import denoised_input, precondition
from ..networks.super_resolution_blocks import SuperResolutionConfig
from ..papercut.camera import Crop
from ..papercut.motion import subject_track
from ..papercut.render import render
from ..papercut.scene import Scene, mirror, sample_scene
from ..schedules import alpha_sigma
from .batch import Batch, Prompts, draw_log_snr, noisy
from .config import TrainConfig
from .masks import draw_mask

AUGMENTATION_LOG_SNR = (-2.0, 12.0)
_SEEDS = 1_000_000_000
_GIVEN_SHARE = 0.2
# Real frames of a temporal stage are nearly known; the loss is for those between them.
_KNOWN_WEIGHT = 0.3


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


class SuperResolutionBatches:
    """Draws crops of training scenes for one stage."""

    def __init__(self, stage: Stage, config: TrainConfig, prompts: Prompts) -> None:
        assert isinstance(stage.network, SuperResolutionConfig)
        self.stage, self.network, self.config, self.prompts = stage, stage.network, config, prompts
        self.window = WINDOWS[stage.id]

    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of this step: windows of frames, or single frames of a spatial stage."""
        rng = random.Random(f"{self.config.seed}/{self.stage.id}/{step}")
        generator = torch.Generator().manual_seed(hash((self.config.seed, step, 1)) % 2**62)
        count = self.config.pictures if pictures else self.config.clips
        frames = 1 if pictures else self.window.frames
        clips, scenes, times = zip(*(self._window(rng, frames) for _ in range(count)), strict=True)
        x = torch.stack(clips)
        log_snr = draw_log_snr(count, self.config.schedule(pictures), generator)
        z_t, v = noisy(x, log_snr, generator)
        mask = torch.stack([self._mask(x.shape[1], rng) for _ in range(count)])
        low, high = AUGMENTATION_LOG_SNR
        low_log_snr = low + (high - low) * torch.rand(count, generator=generator)
        low_res, known = self._low_res(x, low_log_snr, generator)
        text = self.prompts(list(scenes), [list(moments) for moments in times], rng, self.config.text_dropout)
        inputs = {"z_t": z_t, "log_snr": log_snr, **text, "given": x * mask, "given_mask": mask}
        inputs |= {"low_res": low_res, "low_res_log_snr": low_log_snr}
        if known is not None:
            inputs["low_res_known"] = known
        weight = level_weight(self.network, log_snr, low_log_snr, known, x.shape[1]) * (1 - mask)
        return Batch(inputs, v, weight, log_snr)

    def _window(self, rng: random.Random, frames: int) -> tuple[Tensor, Scene, list[float]]:
        scene = sample_scene(rng.randrange(_SEEDS))
        if rng.random() < 0.5:
            scene = mirror(scene)
        stage, window = self.stage, self.window
        stride = 2 if self.network.kind == "tsr" else 1
        first = stride * rng.randint(0, (stage.frames - frames) // stride)
        moments = [(first + i) / stage.frames for i in range(frames)]
        crop = self._crop(scene, moments[len(moments) // 2], rng)
        times = torch.tensor(moments)
        if stage.height <= 192:
            doubled = Crop(2 * crop.top, 2 * crop.left, 2 * window.height, 2 * window.width)
            picture = F.avg_pool2d(render(scene, times, 2 * stage.height, 2 * stage.width, doubled), 2)
        else:
            picture = render(scene, times, stage.height, stage.width, crop)
        return picture * 2 - 1, scene, moments

    def _crop(self, scene: Scene, moment: float, rng: random.Random) -> Crop:
        """Anywhere, or half of the time about the subject; on the grid of the network's smallest cells."""
        stage, window, cell = self.stage, self.window, self.network.cell
        top, left = rng.randint(0, stage.height - window.height), rng.randint(0, stage.width - window.width)
        if rng.random() < 0.5:
            x, y, _ = subject_track(scene, torch.tensor([moment]).view(1, 1, 1))[0].tolist()
            top = int((0.5 - y) * stage.height - window.height * rng.uniform(0.2, 0.8))
            left = int(x * stage.height + stage.width / 2 - window.width * rng.uniform(0.2, 0.8))
        top, left = top // cell * cell, left // cell * cell
        return Crop(
            min(max(top, 0), stage.height - window.height), min(max(left, 0), stage.width - window.width),
            window.height, window.width,
        )  # fmt: skip

    def _mask(self, frames: int, rng: random.Random) -> Tensor:
        if rng.random() < _GIVEN_SHARE:
            return draw_mask(frames, self.window.height, self.window.width, rng)
        return torch.zeros(frames, 1, self.window.height, self.window.width)

    def _low_res(self, x: Tensor, log_snr: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor | None]:
        """The noised input on this stage's frames ``[B, F, 3, h, w]``, and which frames are real (temporal stages)."""
        alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(log_snr))
        if self.network.kind == "tsr":
            real = x[:, ::2]
            real = alpha * real + sigma * torch.randn(real.shape, generator=generator)
            known = torch.zeros(x.shape[:2])
            known[:, ::2] = 1
            return real.repeat_interleave(2, 1)[:, : x.shape[1]], known
        small = F.avg_pool2d(x.flatten(0, 1), self.network.scale).unflatten(0, x.shape[:2])
        return alpha * small + sigma * torch.randn(small.shape, generator=generator), None


def level_weight(
    network: SuperResolutionConfig, log_snr: Tensor, low_log_snr: Tensor, known: Tensor | None, frames: int
) -> Tensor:
    """``[B, F, 1, 1, 1]``: one over the variance of what the network is asked for, so that all levels count alike.

    Source: EDM (2206.00364, section 5), λ(σ) = 1/c_out².
    """
    hidden = denoised_input(low_log_snr, network.data_std)[1][:, None]
    residual, given = network.residual_std**2, network.known_std**2
    if known is None:
        variance, share = (hidden + residual).expand(-1, frames), torch.ones(1, 1, device=log_snr.device)
    else:
        variance = hidden + known * given + (1 - known) * residual
        share = known * _KNOWN_WEIGHT + (1 - known)
    net = precondition(log_snr[:, None], variance).net
    return (share / net.square())[:, :, None, None, None]
