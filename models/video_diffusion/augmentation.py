"""What a super-resolution stage gets from the stage before: noise augmentation, then repeated, blank or enlarged
frames.

Noise conditioning augmentation (Cascaded Diffusion Models, 2106.15282): c' = α_a c + σ_a ε', on the
input's real frames at the input's own size, before anything is repeated or enlarged. Its level is a log-SNR λ_a =
log(α_a²/σ_a²): "SNR 3" as a ratio is λ = 1.1 and σ_a = .5, as a log-SNR it is λ = 3 and σ_a = .218.
"""

from typing import Literal

import torch
from torch import Tensor

from video_diffusion.schedules import alpha_sigma


def augment(clip: Tensor, noise: Tensor, log_snr: Tensor) -> Tensor:
    """α_a c + σ_a ε' for clips `[…, F, C, H, W]`; `log_snr` broadcasts against them (`[B, 1, 1, 1, 1]` or a scalar)."""
    alpha, sigma = alpha_sigma(log_snr)
    return alpha.to(clip.dtype) * clip + sigma.to(clip.dtype) * noise


def spread_frames(clip: Tensor, factor: int, mode: Literal["repeat", "blank"]) -> tuple[Tensor, Tensor]:
    """`[F, C, H, W]` to `factor` times the frames: each real frame, then its repetitions or blanks; and `low_res_known`
    `[F']`.

    Output frame f is real where f mod factor = 0.
    """
    known = (torch.arange(clip.shape[0] * factor) % factor == 0).to(clip.dtype)
    spread = clip.repeat_interleave(factor, 0)
    return (spread * known[:, None, None, None] if mode == "blank" else spread), known
