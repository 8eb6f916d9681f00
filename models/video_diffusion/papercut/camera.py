"""Where the camera looks: the world coordinates of the pixels of any crop at any size, at each moment.

Knows zoom, pan and mirror. Does not know what is seen.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from .scene import Scene

_ZOOM = 0.45
_PAN = 0.55


@dataclass(frozen=True)
class Crop:
    """A window of ``height`` x ``width`` pixels whose upper left pixel is (``top``, ``left``) of the whole frame."""

    top: int
    left: int
    height: int
    width: int


@dataclass(frozen=True)
class Gaze:
    """``x`` ``[T|1, 1, w]``, ``y`` ``[T|1, h, 1]``, ``pixel``, ``pan`` and ``zoom`` ``[T|1, 1, 1]``."""

    x: Tensor
    y: Tensor
    pixel: Tensor
    pan: Tensor
    zoom: Tensor


def zoom_and_pan(scene: Scene, t: Tensor) -> tuple[Tensor, Tensor]:
    """Magnification and the camera's way to the right in world units at the moments ``t``."""
    still = torch.zeros(1, 1, 1)
    zoom = {"zoom in": 1 + _ZOOM * t, "zoom out": 1 + _ZOOM * (1 - t)}.get(scene.camera, still + 1)
    pan = {"pan left": -_PAN * (t - 0.5), "pan right": _PAN * (t - 0.5)}.get(scene.camera, still)
    return zoom, pan


def gaze(scene: Scene, t: Tensor, height: int, width: int, crop: Crop) -> Gaze:
    """The world as this camera sees it in a crop of a frame of ``height`` x ``width``."""
    zoom, pan = zoom_and_pan(scene, t)
    rows = torch.arange(crop.top, crop.top + crop.height, dtype=torch.float32)
    columns = torch.arange(crop.left, crop.left + crop.width, dtype=torch.float32)
    y = 0.5 - (rows + 0.5) / height
    x = (columns + 0.5) / height - width / (2 * height)
    return Gaze(x.view(1, 1, -1) / zoom, y.view(1, -1, 1) / zoom, 1 / (height * zoom), pan, zoom)
