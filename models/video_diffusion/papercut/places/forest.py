"""The forest: two rows of pointed firs on green hills."""

import torch
from torch import Tensor

from ..canvas import fract, scatter
from ..scene import Scene
from ..view import View
from .base import Place, paint_ridge, rolling


def firs(scene: Scene, name: str, x: Tensor, pitch: float, height: float, density: float) -> Tensor:
    """Height of a row of firs above its hill, one tree at most in each cell of ``pitch``."""
    cell = torch.floor(x / pitch) + 200
    draw = scatter(cell * 2.7 + int(scene.u(name) * 90))
    from_trunk = (fract(x / pitch) - 0.5).abs() * 2
    grown = height * (0.55 + 0.45 * scatter(draw * 311))
    return (draw < density) * grown * (1 - 1.2 * from_trunk).clamp(min=0)


class Forest(Place):
    """Firs are triangles cut from the same sheet as their hill."""

    def ground(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.225 + 0.035 * rolling(self.scene, "ground", x, 2.8)

    def front(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.37 + 0.028 * rolling(self.scene, "front", x, 2.6)

    def paint_back(self, view: View) -> None:
        rows = ((0.0, -0.03, 0.07, 2.4, 0.085, 0.115), (0.40, -0.14, 0.05, 3.1, 0.115, 0.150))
        for i, (depth, level, height, frequency, pitch, tall) in enumerate(rows):

            def edge(x: Tensor, i: int = i, v: tuple[float, ...] = (level, height, frequency, pitch, tall)) -> Tensor:
                hill = v[0] + v[1] * rolling(self.scene, f"hill {i}", x, v[2])
                return hill + firs(self.scene, f"firs {i}", x, v[3], v[4], 1.0)

            paint_ridge(view, edge, view.parallax(depth), view.light.layer(depth), shadow=0.22, reach=0.012)
        paint_ridge(view, lambda x: self.ground(x, view.t), view.parallax(0.7), view.light.layer(0.7))
