"""Renders a scene: any size, any crop, any moments.

Pure: a pixel depends on the scene, the frame's size, its own position and its moment alone, so a crop of a render is
the render of the crop. Knows the order in which things lie over each other and nothing about how they are drawn.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from .camera import Crop, gaze
from .light import light_of
from .places import PLACE_PAINTERS
from .scene import Scene, mirror
from .sky import paint_stars, paint_sun, sky_canvas
from .subjects import DRAWINGS, paint_subject
from .view import View
from .weather import paint_clouds, paint_precipitation


def clip_times(frames: int, start: float = 0.0, end: float = 1.0) -> Tensor:
    """The moments of ``frames`` equally long frames of clip time ``[T]``; 16 are every second of 32."""
    return start + (end - start) * torch.arange(frames, dtype=torch.float32) / frames


@torch.no_grad()
def render(scene: Scene, times: Tensor, height: int, width: int, crop: Crop | None = None) -> Tensor:
    """The frames of a scene at ``times`` ``[T]`` as ``[T, 3, h, w]`` float32 in [0, 1]."""
    window = crop or Crop(0, 0, height, width)
    t = times.to(torch.float32).view(-1, 1, 1)
    drawn = mirror(scene) if scene.mirrored else scene
    eye = gaze(drawn, t, height, width, window)
    x = -eye.x if scene.mirrored else eye.x
    light = light_of(drawn, t)
    view = View(drawn, t, light, eye.pan, sky_canvas(light, x, eye.y, eye.pixel))
    place = PLACE_PAINTERS[drawn.place](drawn)
    paint_stars(view)
    paint_sun(view)
    paint_clouds(view)
    place.paint_back(view)
    paint_subject(view, DRAWINGS[drawn.subject])
    place.paint_front(view)
    paint_precipitation(view)
    return view.canvas.rgb.clamp(0, 1).expand(len(times), -1, -1, -1).contiguous()


def render_small(scene: Scene, times: Tensor, height: int, width: int) -> Tensor:
    """Like ``render`` from four samples a pixel: at 24x40 edges need more than the distance of the pixel's centre."""
    return F.avg_pool2d(render(scene, times, 2 * height, 2 * width), 2)


def to_uint8(frames: Tensor) -> Tensor:
    """[0, 1] to bytes, halves up."""
    return (frames * 255 + 0.5).to(torch.uint8)
