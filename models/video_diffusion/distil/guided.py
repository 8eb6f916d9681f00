"""Stage one of guided distillation: one evaluation that knows the guidance weight, instead of two that do not.

    x̂_η(z, c, w)  is to match  (1 + w) x̂(z, c) − w x̂(z, ∅),    w ~ U[0, w_max]

w enters the network as the noise level does (``networks.embedding``). Does not know how the student is trained. Source:
On Distillation of Guided Diffusion Models (2210.03142), section 3.1, in Imagen's convention of w. This project's own:
the target is within the range of pixels, as static thresholding leaves it when the teacher is sampled. Without that the
highest noise levels, where a guided x̂ goes far beyond pixels (errors of v of 8, elsewhere .05), are all it learns.
"""

from dataclasses import replace

import torch
from torch import Tensor

from ..guidance import guide, static_threshold
from ..networks.ladder import Network, build
from .levels import Level, XHat, per_sample


def guided(conditional: XHat, unconditional: XHat, weight: Tensor) -> XHat:
    """The guided teacher for each sample's own weight ``[B]``, clipped to [-1, 1]."""

    def x_hat(z: Tensor, t: Level) -> Tensor:
        return static_threshold(guide(conditional(z, t), unconditional(z, t), per_sample(weight, z)))

    return x_hat


def draw_weights(count: int, most: float, generator: torch.Generator) -> Tensor:
    """w of each sample, uniform in [0, ``most``]: float32 ``[count]``."""
    return torch.rand(count, generator=generator) * most


def student_of(teacher: Network, guidance_input: bool) -> Network:
    """A trainable copy of the teacher; with the guidance input it did not have, it still says what the teacher says.

    The new embedding of w ends in zeros. Throws ValueError if a guidance input would have to be taken away.
    """
    had = teacher.config.guidance_input
    if had and not guidance_input:
        raise ValueError("The teacher takes a guidance weight, so its student must: ask for a guidance range above 0.")
    student = build(replace(teacher.config, guidance_input=guidance_input))
    missing, unexpected = student.load_state_dict(teacher.state_dict(), strict=False)
    strange = [name for name in missing if not name.startswith("guidance.")] + list(unexpected)
    if strange:
        raise ValueError(f"Teacher and student differ in {', '.join(strange)}: use the teacher's own configuration.")
    return student
