"""Measures on pixels alone: fidelity of an enlargement, colour shift, flicker and motion, the simple methods to beat.

Clips are uint8 ``[F, H, W, 3]``. Knows no network and no prompt.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from ..resize import resize


def psnr(a: Tensor, b: Tensor) -> float:
    """Peak signal-to-noise ratio in dB for 8 bits; 99 where the clips are equal."""
    error = (a.double() - b.double()).square().mean().item()
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def bilinear(clip: Tensor, scale: int) -> Tensor:
    """Every frame enlarged by bilinear interpolation."""
    larger = resize(clip.permute(0, 3, 1, 2).float(), clip.shape[1] * scale, clip.shape[2] * scale)
    return larger.round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)


def nearest(clip: Tensor, scale: int) -> Tensor:
    """Every pixel repeated."""
    return clip.repeat_interleave(scale, 1).repeat_interleave(scale, 2)


def bicubic(clip: Tensor, scale: int) -> Tensor:
    """Every frame enlarged by bicubic interpolation."""
    larger = F.interpolate(clip.permute(0, 3, 1, 2).float(), scale_factor=scale, mode="bicubic", align_corners=False)
    return larger.round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)


def repeat(clip: Tensor, factor: int = 2) -> Tensor:
    """Every frame shown again."""
    return clip.repeat_interleave(factor, 0)


def blend(clip: Tensor) -> Tensor:
    """Between two frames their mean; after the last, the last."""
    after = torch.cat([clip[1:], clip[-1:]])
    between = ((clip.float() + after.float()) / 2).round().to(torch.uint8)
    return torch.stack([clip, between], 1).flatten(0, 1)


def colour_shift(clip: Tensor, given: Tensor) -> list[float]:
    """Mean red, green and blue of a clip less those of what it was made from, in 1/255."""
    return [round(value, 3) for value in (clip.double().mean((0, 1, 2)) - given.double().mean((0, 1, 2))).tolist()]


def motion(clip: Tensor) -> float:
    """Mean absolute change from frame to frame, in 1/255."""
    return clip.double().diff(dim=0).abs().mean().item()


def flicker(clip: Tensor) -> float:
    """Mean absolute second difference of each pixel through time, in 1/255: high where frames disagree to and fro.

    To be read beside ``motion``: a frozen clip does not flicker.
    """
    return clip.double().diff(dim=0).diff(dim=0).abs().mean().item()
