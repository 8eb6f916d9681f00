"""Resizing of clips by the triangle filter: bilinear with half-pixel centres upwards, antialiased downwards.

Downwards the triangle is as wide as the ratio, as in PIL's BILINEAR and torch's `antialias=True`; upwards it is plain
bilinear interpolation with clamped edges. Weights are made in float64. Knows nothing of colour or of 8-bit rounding
(see `pixels`).
"""

import torch
from torch import Tensor


def triangle_weights(size: int, out: int) -> Tensor:
    """How much every input pixel counts for every output pixel along one axis, float64 `[out, size]`, rows sum to 1."""
    ratio = size / out
    support = max(ratio, 1.0)
    centre = (torch.arange(out, dtype=torch.float64) + 0.5) * ratio
    pixel = torch.arange(size, dtype=torch.float64) + 0.5
    weights = (1 - (pixel[None, :] - centre[:, None]).abs() / support).clamp(min=0)
    return weights / weights.sum(1, keepdim=True)


def resize(x: Tensor, height: int, width: int) -> Tensor:
    """`[…, H, W]` to `[…, height, width]`, rows first, then columns, in float64; keeps the dtype."""
    rows, columns = triangle_weights(x.shape[-2], height), triangle_weights(x.shape[-1], width)
    return (rows @ x.double() @ columns.T).to(x.dtype)
