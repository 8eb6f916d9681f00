"""The levels a distilled student lives on, and the DDIM step between two of them, one per sample.

Time is in units of one student step: level i of N is t = (i + 1)/N, i = 0…N−1, and t = 0 is the end. Knows no network:
a teacher is a function from (z, level) to x̂. Sources: Progressive Distillation (2202.00512), algorithm 2; DDIM
(2010.02502).
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from ..schedules import CosineSchedule, alpha_sigma, cosine_log_snr


@dataclass(frozen=True)
class Level:
    """λ, α and σ of each sample, float64 ``[B]``."""

    log_snr: Tensor
    alpha: Tensor
    sigma: Tensor

    @staticmethod
    def at(t: Tensor, schedule: CosineSchedule) -> "Level":
        """The level of each sample's time ``t`` ``[B]`` in [0, 1]."""
        log_snr = cosine_log_snr(t.double(), schedule)
        return Level(log_snr, *alpha_sigma(log_snr))

    @staticmethod
    def of(log_snr: Tensor) -> "Level":
        """The level of each sample's λ ``[B]``."""
        return Level(log_snr.double(), *alpha_sigma(log_snr.double()))


XHat = Callable[[Tensor, Level], Tensor]


def per_sample(value: Tensor, z: Tensor) -> Tensor:
    """``[B]`` with as many further axes as ``z`` ``[B, …]`` has, in its type and on its device."""
    return value.to(z.device, z.dtype).view(-1, *[1] * (z.ndim - 1))


def diffuse_to(x: Tensor, eps: Tensor, t: Level) -> Tensor:
    """z_t = α x + σ ε."""
    return per_sample(t.alpha, x) * x + per_sample(t.sigma, x) * eps


def ddim_step(x_hat: Tensor, z_t: Tensor, t: Level, s: Level) -> Tensor:
    """z_s = α_s x̂ + σ_s ε̂ with ε̂ = (z_t − α_t x̂)/σ_t."""
    ratio = s.sigma / t.sigma
    return per_sample(ratio, z_t) * z_t + per_sample(s.alpha - ratio * t.alpha, z_t) * x_hat


def x_hat_of_step(z_s: Tensor, z_t: Tensor, t: Level, s: Level) -> Tensor:
    """The x̂ whose DDIM step from z_t lands on z_s: x̃ = [z_s − (σ_s/σ_t) z_t] / [α_s − (σ_s/σ_t) α_t]."""
    ratio = s.sigma / t.sigma
    return (z_s - per_sample(ratio, z_t) * z_t) / per_sample(s.alpha - ratio * t.alpha, z_t)


def v_of(x_hat: Tensor, z_t: Tensor, t: Level) -> Tensor:
    """v = (α z − x̂)/σ."""
    return (per_sample(t.alpha, z_t) * z_t - x_hat) / per_sample(t.sigma, z_t)


def draw_places(count: int, steps: int, generator: torch.Generator) -> Tensor:
    """Which level each sample of a batch is at, int64 ``[count]`` below ``steps``: spread evenly, in random order."""
    spread = (torch.arange(count) + torch.rand(count, generator=generator)) / count * steps
    return spread.long().clamp(max=steps - 1)[torch.randperm(count, generator=generator)]
