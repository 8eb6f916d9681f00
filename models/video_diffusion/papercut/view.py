"""What every painter of a part of the scene is handed: the scene, the moments, the light, the camera, the canvas."""

import math
from dataclasses import dataclass

from torch import Tensor

from .canvas import Canvas
from .light import Light
from .scene import Scene

TURN = 2 * math.pi


@dataclass(frozen=True)
class View:
    """``t`` ``[T, 1, 1]`` is clip time in [0, 1]; ``pan`` ``[T|1, 1, 1]`` how far the camera has moved to the right."""

    scene: Scene
    t: Tensor
    light: Light
    pan: Tensor
    canvas: Canvas

    def u(self, name: str) -> float:
        """The scene's own number in [0, 1) of this name."""
        return self.scene.u(name)

    def phase(self, name: str) -> float:
        """The scene's own angle of this name."""
        return TURN * self.scene.u(name)

    def parallax(self, depth: float) -> Tensor:
        """World x of a layer: near layers (depth 1) move against the camera at full speed, the sky hardly."""
        return self.canvas.x + self.pan * (0.12 + 0.88 * depth)
