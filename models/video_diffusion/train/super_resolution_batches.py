"""Batches for the super-resolution stages: windows of scenes, and the low-resolution input they had.

A spatial stage sees the area average of the truth, or a draft of it (``drafts``); a temporal stage every second true
frame, repeated. Either is noised at the input's own size before it is repeated or enlarged (docs/pack-format.md, "Axes,
ranges, units"), at a level drawn for each sample (noise conditioning augmentation: Cascaded Diffusion Models,
2106.15282).
"""

import random
from collections.abc import Callable
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor

from ..networks.ladder import Stage
from ..networks.preconditioning import denoised_input, precondition
from ..networks.super_resolution_blocks import SuperResolutionConfig
from ..pixels import from_uint8
from ..schedules import alpha_sigma
from .batch import CPU, Batch, Prompts, draw_log_snr, noisy, onto
from .config import TrainConfig
from .drafts import Drafts
from .masks import draw_mask
from .windows import WINDOWS, Shown, Windows

AUGMENTATION_LOG_SNR = (-2.0, 12.0)
_GIVEN_SHARE = 0.2
# Real frames of a temporal stage are nearly known; the loss is for those between them.
_KNOWN_WEIGHT = 0.3


class Source(Protocol):
    """Windows by the number of the sample that shows them."""

    def __getitem__(self, sample: int) -> Shown: ...


class SuperResolutionBatches:
    """Makes batches of one stage's windows."""

    def __init__(
        self,
        stage: Stage,
        config: TrainConfig,
        prompts: Prompts,
        windows: Callable[[int], Source] | None = None,
        device: torch.device = CPU,
        drafts: Drafts | None = None,
    ) -> None:
        """``windows`` makes a source of windows of so many frames; without it they are rendered here, a share of them
        of the scenes of ``drafts``."""
        assert isinstance(stage.network, SuperResolutionConfig)
        self.stage, self.network, self.config, self.prompts = stage, stage.network, config, prompts
        self.window, self.device = WINDOWS[stage.id], device
        make = windows or (lambda frames: Windows(stage, frames, config, drafts))
        self._windows = {False: make(self.window.frames), True: make(1)}

    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of this step: windows of frames, or single frames of a spatial stage."""
        rng = random.Random(f"{self.config.seed}/{self.stage.id}/{step}")
        generator = torch.Generator(self.device).manual_seed(hash((self.config.seed, step, 1)) % 2**62)
        count = self.config.pictures if pictures else self.config.clips
        shown = [self._windows[pictures][step * count + i] for i in range(count)]
        shown = [window.mirrored() if rng.random() < 0.5 else window for window in shown]
        x = torch.stack([window.x for window in shown])
        x = from_uint8(x) if x.dtype == torch.uint8 else x
        log_snr = draw_log_snr(count, self.config.schedule(pictures), generator)
        z_t, v = noisy(x, log_snr, generator)
        mask = onto(torch.stack([self._mask(x.shape[1], rng) for _ in range(count)]), self.device)
        low, high = AUGMENTATION_LOG_SNR
        low_log_snr = low + (high - low) * torch.rand(count, generator=generator, device=self.device)
        low_res, known = self._low_res(x, [window.low_res for window in shown], low_log_snr, generator)
        scenes, times = [window.scene for window in shown], [list(window.moments) for window in shown]
        text = self.prompts(scenes, times, rng, self.config.text_dropout)
        inputs = {"z_t": z_t, "log_snr": log_snr, **text, "given": x * mask, "given_mask": mask}
        inputs |= {"low_res": low_res, "low_res_log_snr": low_log_snr}
        if known is not None:
            inputs["low_res_known"] = known
        weight = level_weight(self.network, log_snr, low_log_snr, known, x.shape[1]) * (1 - mask)
        return Batch(inputs, v, weight, log_snr)

    def _mask(self, frames: int, rng: random.Random) -> Tensor:
        if rng.random() < _GIVEN_SHARE:
            return draw_mask(frames, self.window.height, self.window.width, rng)
        return torch.zeros(frames, 1, self.window.height, self.window.width)

    def _low_res(
        self, x: Tensor, drafts: list[Tensor | None], log_snr: Tensor, generator: torch.Generator
    ) -> tuple[Tensor, Tensor | None]:
        """The noised input, drafts where there are some, on this stage's frames ``[B, F, 3, h, w]``, and which frames
        are real (temporal stages)."""
        alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(log_snr))
        if self.network.kind == "tsr":
            real = x[:, ::2]
            real = alpha * real + sigma * torch.randn(real.shape, generator=generator, device=real.device)
            known = torch.zeros(x.shape[:2], device=x.device)
            known[:, ::2] = 1
            return real.repeat_interleave(2, 1)[:, : x.shape[1]], known
        small = F.avg_pool2d(x.flatten(0, 1), self.network.scale).unflatten(0, x.shape[:2])
        for i, draft in enumerate(drafts):
            if draft is not None:
                small[i] = draft
        return alpha * small + sigma * torch.randn(small.shape, generator=generator, device=small.device), None


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
