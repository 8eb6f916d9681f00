"""The sea: distant islands and four sheets of moving waves."""

import torch
from torch import Tensor

from ..view import TURN, View
from .base import Place, paint_ridge, rolling


class Sea(Place):
    """Waves run against each other from sheet to sheet."""

    def _wave(self, index: int, x: Tensor, t: Tensor, level: float, height: float, frequency: float) -> Tensor:
        way = 1 if index % 2 == 0 else -1
        phase = TURN * self.scene.u("waves") + index
        first = torch.sin(frequency * x + phase + way * TURN * t)
        return (
            level + height * first + 0.35 * height * torch.sin(2.3 * frequency * x - way * 1.3 * TURN * t + 2 * phase)
        )

    def ground(self, x: Tensor, t: Tensor) -> Tensor:
        return self._wave(2, x, t, -0.235, 0.014, 8.5)

    def front(self, x: Tensor, t: Tensor) -> Tensor:
        return self._wave(3, x, t, -0.335, 0.018, 6.5)

    def paint_back(self, view: View) -> None:
        light = view.light
        islands = torch.lerp(light.far, light.sky[2], 0.45)
        paint_ridge(
            view,
            lambda x: -0.13 + 0.06 * rolling(self.scene, "islands", x, 2.2),
            view.parallax(0.1),
            islands,
            shadow=0.14,
        )
        sheets = ((0.15, -0.10, 0.006, 14.0), (0.40, -0.165, 0.010, 11.0))
        for i, (depth, level, height, frequency) in enumerate(sheets):
            paint_ridge(
                view,
                lambda x, i=i, v=(level, height, frequency): self._wave(i, x, view.t, *v),
                view.parallax(depth),
                light.layer(depth),
            )
        paint_ridge(view, lambda x: self.ground(x, view.t), view.parallax(0.7), light.layer(0.68))
