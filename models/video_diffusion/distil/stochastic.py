"""Students of the stochastic N-step sampler, which jumps 2/N down by DDIM and goes 1/N up again by noise.

    t = (i + 1)/N > 1/N:  z_t → z_{t−1/N} → z_{t−2/N}  by the teacher;  x̃ as in ``progressive`` for the jump of 2/N
    t = 1/N:              x̃ = x̂_teacher(z_t),  there is nothing below but the end

The teacher is the deterministic student of N steps, so it is asked at the levels it was trained on and nowhere else.
What to do at t = 1/N is this project's choice. Source: On Distillation of Guided Diffusion (2210.03142), on its N-step
stochastic sampler (``samplers.stochastic_n_step``).
"""

import torch
from torch import Tensor

from ..schedules import CosineSchedule
from .levels import Level, XHat, ddim_step, per_sample, x_hat_of_step


def stochastic_target(x_hat: XHat, z_t: Tensor, place: Tensor, steps: int, schedule: CosineSchedule) -> Tensor:
    """x̃ for ``z_t`` ``[B, …]`` at the levels ``place`` ``[B]`` of a student of ``steps`` stochastic steps."""
    at = place.double() + 1
    t = Level.at(at / steps, schedule)
    # Below the lowest level there is no second step: some level between stands in, and its answer is not used.
    middle, end = (Level.at((at - back).clamp(min=least) / steps, schedule) for back, least in ((1, 0.5), (2, 0.0)))
    x_first = x_hat(z_t, t)
    z_middle = ddim_step(x_first, z_t, t, middle)
    z_end = ddim_step(x_hat(z_middle, middle), z_middle, middle, end)
    return torch.where(per_sample(place, z_t) == 0, x_first, x_hat_of_step(z_end, z_t, t, end))
