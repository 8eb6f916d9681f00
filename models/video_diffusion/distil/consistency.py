"""Consistency distillation, for one or two steps: every point of a teacher's path is to name the same end.

    t = (i + 1)/N,  s = i/N;   z_t → z_s by one teacher step;   x̃ = x̂_average(z_s), and z_0 itself where s = 0

x̂_average is the student's own average of weights. The boundary f(z, 0) = z needs no skip connection: v-prediction has x̂
= α z − σ v and σ(0) ≈ 0. Two steps are drawn by the stochastic sampler with N = 2, which at t = 1 jumps to the end and
noises back to t = ½: the multistep sampling of consistency models. Source: Consistency Models (2303.01469), algorithms
1 and 2.
"""

import torch
from torch import Tensor

from ..schedules import CosineSchedule
from .levels import Level, XHat, ddim_step, per_sample


def consistency_target(
    x_hat: XHat, average: XHat, z_t: Tensor, place: Tensor, steps: int, schedule: CosineSchedule
) -> Tensor:
    """x̃ for ``z_t`` ``[B, …]`` at the levels ``place`` ``[B]`` of a grid of ``steps``; ``average`` is the student's."""
    at = place.double() + 1
    t, s = (Level.at((at - back) / steps, schedule) for back in (0, 1))
    z_s = ddim_step(x_hat(z_t, t), z_t, t, s)
    return torch.where(per_sample(place, z_t) == 0, z_s, average(z_s, s))
