"""The desert: leaning dunes and a few cacti."""

import torch
from torch import Tensor

from ..shapes import box, union
from ..view import TURN, View
from .base import Place, paint_ridge


class Desert(Place):
    """Dunes are sines that lean over."""

    def _dunes(self, name: str, x: Tensor, level: float, height: float, frequency: float) -> Tensor:
        p = [TURN * self.scene.u(f"{name} {i}") for i in range(2)]
        angle = frequency * x + p[0]
        return level + height * (
            0.7 * torch.sin(angle + 0.5 * torch.sin(angle)) + 0.3 * torch.sin(1.9 * frequency * x + p[1])
        )

    def ground(self, x: Tensor, t: Tensor) -> Tensor:
        return self._dunes("ground", x, -0.24, 0.040, 3.0)

    def front(self, x: Tensor, t: Tensor) -> Tensor:
        return self._dunes("front", x, -0.365, 0.028, 2.2)

    def paint_back(self, view: View) -> None:
        light = view.light
        for i, (depth, level, height, frequency) in enumerate(((0.0, -0.06, 0.07, 2.6), (0.4, -0.15, 0.05, 3.4))):
            shape = (level, height, frequency)
            paint_ridge(
                view, lambda x, i=i, v=shape: self._dunes(f"dunes {i}", x, *v), view.parallax(depth), light.layer(depth)
            )
        for i in range(2):
            self._paint_cactus(view, i)
        paint_ridge(view, lambda x: self.ground(x, view.t), view.parallax(0.7), light.layer(0.7))

    def _paint_cactus(self, view: View, index: int) -> None:
        centre = (self.scene.u(f"cactus {index}") - 0.5) * 1.5
        foot = float(self._dunes("dunes 1", torch.tensor(centre), -0.15, 0.05, 3.4))
        size = 0.085 + 0.03 * self.scene.u(f"cactus size {index}")
        x, y = (view.parallax(0.4) - centre) / size, (view.canvas.y - foot) / size
        stem = union(
            box(x, y, 0.0, 0.60, 0.17, 0.90, 0.15),
            box(x, y, -0.32, 0.62, 0.30, 0.12, 0.08),
            box(x, y, -0.50, 0.86, 0.12, 0.33, 0.11),
            box(x, y, 0.32, 0.40, 0.30, 0.12, 0.08),
            box(x, y, 0.50, 0.68, 0.12, 0.36, 0.11),
        )
        view.canvas.paint(view.canvas.coverage(stem * size), view.light.cactus)
