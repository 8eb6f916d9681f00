"""8-bit pixels and the networks' range: x = u8 / 127.5 − 1 (docs/pack-format.md, "Axes, ranges, units")."""

import torch
from torch import Tensor


def from_uint8(frames: Tensor) -> Tensor:
    """uint8 to float32 in [-1, 1], any shape."""
    return frames.float() / 127.5 - 1


def to_uint8(x: Tensor) -> Tensor:
    """floor(clip(127.5·(x + 1), 0, 255) + ½): halves are rounded up, as JavaScript's Math.round does."""
    return torch.floor((127.5 * (x.double() + 1)).clamp(0, 255) + 0.5).to(torch.uint8)
