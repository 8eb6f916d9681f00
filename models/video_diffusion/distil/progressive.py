"""Progressive distillation: a student whose one DDIM step does what two of its teacher's do.

    t = (i + 1)/N,  t' = t − ½/N,  t'' = t − 1/N
    z_t → z_t' → z_t''  by the teacher, unclipped;   x̃ = [z_t'' − (σ_t''/σ_t) z_t] / [α_t'' − (σ_t''/σ_t) α_t]
    i = 0:  x̃ = x̂_teacher(z_t'),  since the last step of our samplers returns x̂

Source: Progressive Distillation (2202.00512), algorithm 2; the same at sampled w: On Distillation of
Guided Diffusion (2210.03142), section 3.2.
"""

import torch
from torch import Tensor

from ..schedules import CosineSchedule
from .levels import Level, XHat, ddim_step, per_sample, x_hat_of_step


def progressive_target(x_hat: XHat, z_t: Tensor, place: Tensor, steps: int, schedule: CosineSchedule) -> Tensor:
    """x̃ for ``z_t`` ``[B, …]`` at the levels ``place`` ``[B]`` of a student of ``steps`` steps."""
    at = place.double() + 1
    t, middle, end = (Level.at((at - back) / steps, schedule) for back in (0, 0.5, 1))
    z_middle = ddim_step(x_hat(z_t, t), z_t, t, middle)
    x_middle = x_hat(z_middle, middle)
    z_end = ddim_step(x_middle, z_middle, middle, end)
    return torch.where(per_sample(place, z_t) == 0, x_middle, x_hat_of_step(z_end, z_t, t, end))
