"""The sheet on which a clip is painted, and the two things one does to it: lay paper on it and throw a shadow.

World coordinates: y in [-1/2, 1/2] upwards, x in [-W/2H, W/2H] to the right. Knows coverage of pixels by shapes; does
not know what is painted. Tensors are ``[T, h, w]`` (distances) and ``[T, 3, h, w]`` (colour), with T, h or w of 1
wherever nothing varies: a still background costs one frame.
"""

import torch
from torch import Tensor


def colour(rgb: tuple[float, float, float]) -> Tensor:
    """A colour as a tensor ``[1, 3, 1, 1]``."""
    return torch.tensor(rgb).view(1, 3, 1, 1)


def smoothstep(low: float, high: float, value: Tensor) -> Tensor:
    """0 below ``low``, 1 above ``high``, a cubic between."""
    t = ((value - low) / (high - low)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def fract(value: Tensor) -> Tensor:
    """Fractional part, in [0, 1) also for negative numbers."""
    return value - torch.floor(value)


def scatter(cell: Tensor) -> Tensor:
    """A hash of whole numbers to [0, 1) out of exact float operations, the same for any crop (after Hoskins)."""
    p = fract(cell * 0.1031)
    p = p * (p + 33.33)
    return fract(p * (p + p))


class Canvas:
    """Pixels of one clip or of a crop of it.

    ``x`` ``[T|1, 1, w]`` and ``y`` ``[T|1, h, 1]`` are the pixel centres in the world, ``pixel`` ``[T|1, 1, 1]`` the
    size of a pixel there; ``rgb`` ``[T|1, 3, h, w]`` holds what has been painted, in [0, 1].
    """

    def __init__(self, x: Tensor, y: Tensor, pixel: Tensor, ground: Tensor) -> None:
        self.x, self.y, self.pixel, self.rgb = x, y, pixel, ground

    def coverage(self, distance: Tensor, pixel: Tensor | None = None) -> Tensor:
        """The share of each pixel that a shape covers, from the distance of its centre: ``[T, h, w]`` in [0, 1]."""
        return (0.5 - distance / (self.pixel if pixel is None else pixel)).clamp(0, 1)

    def paint(self, coverage: Tensor, paper: Tensor) -> None:
        """Lays paper of a colour ``[T|1, 3, h|1, w|1]`` where ``coverage`` ``[T|1, h, w]`` says."""
        self.rgb = torch.lerp(self.rgb, paper, coverage.unsqueeze(1))

    def shade(self, distance: Tensor, strength: float, reach: float) -> None:
        """Darkens what lies around a shape, most at its edge and not at all beyond ``reach``."""
        near = (1 - (distance - 0.003) / reach).clamp(0, 1)
        self.rgb = self.rgb * (1 - strength * near * near).unsqueeze(1)
