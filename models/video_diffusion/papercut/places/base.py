"""What a place is: layers behind the subject, one in front of it, and the height of the ground between."""

from abc import ABC, abstractmethod
from collections.abc import Callable

import torch
from torch import Tensor

from ..scene import Scene
from ..view import TURN, View

Height = Callable[[Tensor], Tensor]

GROUND_DEPTH = 0.7


class Place(ABC):
    """A place of one scene. Heights take and return world units, elementwise."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @abstractmethod
    def ground(self, x: Tensor, t: Tensor) -> Tensor:
        """Height on which things stand, drive or float, at layer coordinate ``x`` and moments ``t``."""

    @abstractmethod
    def paint_back(self, view: View) -> None:
        """Everything behind the subject."""

    @abstractmethod
    def front(self, x: Tensor, t: Tensor) -> Tensor:
        """Height of the nearest layer, which hides the feet of what is behind it."""

    def paint_front(self, view: View) -> None:
        """The layer in front of the subject."""
        paint_ridge(view, lambda x: self.front(x, view.t), view.parallax(1.0), view.light.layer(1.0) * 0.93, 0.22)


def paint_ridge(
    view: View, height: Height, x: Tensor, paper: Tensor, shadow: float = 0.24, reach: float = 0.028
) -> Tensor:
    """Lays a sheet of paper below a height curve, with its shadow and the light on its cut edge.

    Returns the distance to the edge ``[T|1, h, w]``, negative inside the sheet.
    """
    canvas, step = view.canvas, 2e-3
    edge = height(x)
    slope = (height(x + step) - height(x - step)) / (2 * step)
    distance = (canvas.y - edge) / torch.sqrt(1 + slope * slope)
    canvas.shade(distance, shadow, reach)
    depth_light = 1 + 0.10 * (1.6 * torch.exp((distance / 0.07).clamp(max=0)) - 0.6)
    rim = 1 + 0.10 * (1 + distance / 0.007).clamp(0, 1)
    canvas.paint(canvas.coverage(distance), (paper * (depth_light * rim).unsqueeze(1)).clamp(max=1))
    return distance


def rolling(scene: Scene, name: str, x: Tensor, frequency: float) -> Tensor:
    """Soft hills in [-1, 1]."""
    p = [TURN * scene.u(f"{name} {i}") for i in range(3)]
    return (
        0.55 * torch.sin(frequency * x + p[0])
        + 0.30 * torch.sin(2.3 * frequency * x + p[1])
        + 0.15 * torch.sin(4.1 * frequency * x + p[2])
    )
