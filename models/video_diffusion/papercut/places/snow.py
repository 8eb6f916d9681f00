"""Snow fields: pale hills with scattered dark firs."""

import torch
from torch import Tensor

from ..view import View
from .base import Place, paint_ridge, rolling
from .forest import firs


class Snow(Place):
    """The firs stand behind each hill's edge, in paper of their own."""

    def ground(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.225 + 0.035 * rolling(self.scene, "ground", x, 2.8)

    def front(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.37 + 0.028 * rolling(self.scene, "front", x, 2.6)

    def paint_back(self, view: View) -> None:
        rows = ((0.0, -0.03, 0.07, 2.4, 0.090, 0.120), (0.40, -0.14, 0.05, 3.1, 0.120, 0.160))
        for i, (depth, level, height, frequency, pitch, tall) in enumerate(rows):

            def hill(x: Tensor, i: int = i, v: tuple[float, ...] = (level, height, frequency)) -> Tensor:
                return v[0] + v[1] * rolling(self.scene, f"hill {i}", x, v[2])

            def wood(x: Tensor, i: int = i, v: tuple[float, ...] = (pitch, tall)) -> Tensor:
                trees = firs(self.scene, f"firs {i}", x, v[0], v[1], 0.42)
                return hill(x, i) + torch.where(trees > 0, trees, -0.03)

            paper = torch.lerp(view.light.trees, view.light.sky[2], 0.42 - 0.30 * depth)
            x = view.parallax(depth)
            paint_ridge(view, wood, x, paper, shadow=0.14, reach=0.010)
            paint_ridge(view, hill, x, view.light.layer(depth), shadow=0.10)
        paint_ridge(view, lambda x: self.ground(x, view.t), view.parallax(0.7), view.light.layer(0.7), shadow=0.16)
