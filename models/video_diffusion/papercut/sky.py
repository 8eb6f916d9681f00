"""The sky: its gradient, the stars, and the sun or the crescent moon with its rings of paper."""

import torch
from torch import Tensor

from . import palette
from .canvas import Canvas, colour, scatter, smoothstep
from .light import Light
from .scene import Scene
from .shapes import circle
from .view import TURN, View

_RINGS = ((3.0, 0.12), (2.2, 0.15), (1.55, 0.21))


def gradient(light: Light, y: Tensor) -> Tensor:
    """The bare sky ``[T|1, 3, h, 1]``, from the horizon up."""
    up = ((y + 0.20) / 0.70).clamp(0, 1).unsqueeze(1)
    top, middle, horizon = light.sky
    low = torch.lerp(horizon, middle, smoothstep(0.0, 0.5, up))
    return torch.lerp(low, top, smoothstep(0.4, 1.0, up))


def paint_stars(view: View) -> None:
    """Sparse twinkling dots, one at most in each cell of a grid."""
    canvas, light = view.canvas, view.light
    if not light.night.any():
        return
    size = 0.12
    x, y = canvas.x + view.pan * 0.05, canvas.y
    column, row = torch.floor(x / size), torch.floor(y / size)
    draw = scatter(column * 1.7 + row * 37.3 + 500 + torch.floor(torch.tensor(view.u("stars") * 97)))
    at_x, at_y = 0.25 + 0.5 * scatter(draw * 917), 0.25 + 0.5 * scatter(draw * 573)
    radius = 0.004 + 0.004 * scatter(draw * 331)
    distance = torch.sqrt((x - (column + at_x) * size) ** 2 + (y - (row + at_y) * size) ** 2) - radius
    twinkle = 0.7 + 0.3 * torch.sin(TURN * (2 * view.t + draw * 7))
    # A dot smaller than a pixel shows as a faint pixel.
    share = (4 * radius * radius / canvas.pixel**2).clamp(max=1)
    seen = (draw > 0.5) * smoothstep(-0.1, 0.1, y) * light.night * (1 - 0.85 * light.overcast)
    canvas.paint(canvas.coverage(distance) * share * twinkle * seen, colour((1.0, 0.97, 0.86)))


def paint_sun(view: View) -> None:
    """The sun, or at night the moon; while an hour passes into another, one sinks and the other comes."""
    scene, light = view.scene, view.light
    if scene.after.hour == scene.hour:
        _paint_disc(view, scene.hour, light.sun_seen, 0 * light.sun_seen)
        return
    _paint_disc(view, scene.hour, light.sun_seen * (1 - light.progress), -0.2 * light.progress)
    _paint_disc(view, scene.after.hour, light.sun_seen * light.progress, -0.15 * (1 - light.progress))


def _paint_disc(view: View, hour: str, seen: Tensor, lift: Tensor) -> None:
    canvas = view.canvas
    x, y = _place_of_sun(view.scene, hour)
    drift = {"dawn": 0.05, "sunset": -0.05}.get(hour, 0.0)
    radius = {"sunset": 0.120, "night": 0.085}.get(hour, 0.090)
    centre_y = y + drift * view.t + lift if drift or lift.any() else torch.full((1, 1, 1), y)
    local_x, local_y = canvas.x - x + view.pan * 0.05, canvas.y - centre_y
    from_centre = torch.sqrt(local_x**2 + local_y**2)
    paper = colour(palette.SUN[hour])
    dim = 0.55 if hour == "night" else 1.0
    for scale, opacity in _RINGS:
        canvas.paint(canvas.coverage(from_centre - radius * scale) * (opacity * dim * seen), paper)
    disc = canvas.coverage(from_centre - radius)
    if hour == "night":
        disc = disc * (1 - canvas.coverage(circle(local_x, local_y, 0.038, 0.022, radius * 0.86)))
    canvas.paint(disc * seen, paper)


def _place_of_sun(scene: Scene, hour: str) -> tuple[float, float]:
    across, up = scene.u(f"{hour} sun x"), scene.u(f"{hour} sun y")
    if hour == "dawn":
        return -0.50 + 0.35 * across, 0.04 + 0.10 * up
    if hour == "sunset":
        return -0.30 + 0.60 * across, -0.02 + 0.10 * up
    return -0.55 + 1.10 * across, 0.27 + 0.07 * up


def sky_canvas(light: Light, x: Tensor, y: Tensor, pixel: Tensor) -> Canvas:
    """A canvas on which only the sky's gradient has been painted."""
    ground = gradient(light, y).expand(-1, -1, -1, x.shape[-1])
    return Canvas(x, y, pixel, ground)
