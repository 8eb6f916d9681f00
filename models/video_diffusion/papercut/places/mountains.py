"""Mountains: two ranges of folded peaks with snow caps above soft foothills."""

import torch
from torch import Tensor

from ..canvas import colour, fract
from ..view import View
from .base import Place, paint_ridge, rolling


def _fold(u: Tensor) -> Tensor:
    return 1 - 4 * (fract(u) - 0.5).abs()


class Mountains(Place):
    """Peaks are folded, hills are not."""

    def _peaks(self, index: int, x: Tensor, level: float, height: float, frequency: float) -> Tensor:
        p = [self.scene.u(f"peaks {index} {i}") for i in range(3)]
        folds = 0.62 * _fold(frequency * x + p[0]) + 0.27 * _fold(2.7 * frequency * x + p[1])
        return level + height * (folds + 0.11 * _fold(6.1 * frequency * x + p[2]))

    def ground(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.22 + 0.035 * rolling(self.scene, "foothills", x, 3.6)

    def front(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.365 + 0.03 * rolling(self.scene, "front", x, 3.0)

    def paint_back(self, view: View) -> None:
        light = view.light
        for i, (depth, level, height, frequency) in enumerate(((0.0, 0.04, 0.21, 0.54), (0.35, -0.09, 0.14, 0.72))):
            shape = (level, height, frequency)
            x = view.parallax(0.8 * depth)
            distance = paint_ridge(view, lambda x, i=i, v=shape: self._peaks(i, x, *v), x, light.layer(depth))
            wave = 0.020 * _fold(1.5 * x + self.scene.u("caps")) + 0.010 * _fold(3.7 * x)
            snow_line = level + 0.36 * height + wave
            cap = view.canvas.coverage(torch.maximum(distance, snow_line - view.canvas.y))
            snow = torch.lerp(colour((0.97, 0.98, 1.0)) * light.subject, light.sky[2], 0.18 + 0.25 * (1 - depth))
            view.canvas.paint(cap * (0.95 - 0.45 * i), snow)
        paint_ridge(view, lambda x: self.ground(x, view.t), view.parallax(0.7), light.layer(0.75))
