"""Weather: floating clouds and cloud banks behind the land, rain and snow in front of everything.

Drops and flakes are large and sparse on purpose: at 24x40 they must be wider than a pixel and must not move farther
than they are apart between two frames, or they are noise that no model can predict.
"""

import torch
from torch import Tensor

from .canvas import colour, fract, scatter
from .shapes import both, circle, union
from .view import TURN, View


def paint_clouds(view: View) -> None:
    """Floating paper clouds; two in some clear skies, five in cloudy ones; banks at the top when it rains or snows."""
    light = view.light
    fair = view.scene.weather in ("clear", "clouds") or view.scene.after.weather in ("clear", "clouds")
    if fair:
        some = view.u("some clouds") < 0.35
        for i in range(5):
            always = some and i in (1, 3)
            opacity = (1 - light.overcast) if always else light.clouds
            if opacity.any():
                _paint_cloud(view, i, opacity)
    if light.overcast.any():
        _paint_banks(view)


def _paint_cloud(view: View, index: int, opacity: Tensor) -> None:
    canvas, light = view.canvas, view.light
    speed = 0.06 * (1 + 0.3 * index)
    centre_x = (fract(view.u("clouds x") + index * 0.231 + speed * view.t) - 0.5) * 2.3 - view.pan * 0.12
    centre_y = 0.12 + 0.30 * float(fract(torch.tensor(view.u("clouds y") + index * 0.382)))
    size = 0.085 + 0.05 * float(fract(torch.tensor(view.u("clouds size") * 5 + index * 0.47)))
    x, y = (canvas.x - centre_x) / size, (canvas.y - centre_y) / size
    puffs = union(
        circle(x, y, 0.0, 0.25, 0.75),
        circle(x, y, 0.95, 0.0, 0.52),
        circle(x, y, -0.9, 0.0, 0.50),
        circle(x, y, -1.7, -0.2, 0.30),
    )
    distance = both(puffs, -0.5 - y) * size
    sky = (light.sky[0] + light.sky[1] + light.sky[2]) / 3
    paper = torch.lerp(colour((1.0, 1.0, 1.0)), sky, 0.38) * (1 - 0.42 * light.night).unsqueeze(1)
    reach = (1 - (distance - 0.003) / 0.025).clamp(0, 1)
    canvas.rgb = canvas.rgb * (1 - 0.16 * reach * reach * opacity).unsqueeze(1)
    canvas.paint(canvas.coverage(distance) * opacity, paper)


def _paint_banks(view: View) -> None:
    canvas, light = view.canvas, view.light
    sky = (light.sky[0] + light.sky[1] + light.sky[2]) / 3
    x = canvas.x + view.pan * 0.05
    for i, (frequency, base) in enumerate(((5.5, 0.30), (8.0, 0.39))):
        drift = 0.10 * (i + 1)
        bumps = torch.sin(frequency * (x + drift * view.t) + view.phase("banks") + 2 * i).abs()
        edge = base + 0.10 * (1 - light.overcast) - 0.06 * bumps
        edge = edge + 0.6 * (1 - light.overcast)
        distance = edge - canvas.y
        canvas.shade(distance, 0.18, 0.03)
        paper = sky * ((1.00 - 0.16 * i) * (0.80 + 0.10 * light.night)).unsqueeze(1)
        canvas.paint(canvas.coverage(distance), paper)


def paint_precipitation(view: View) -> None:
    """Rain or snow over the whole picture, as strong as the moment's weather says."""
    if view.light.snowfall.any():
        for layer, size in enumerate((0.25, 0.32)):
            _paint_flakes(view, layer, size)
    if view.light.rain.any():
        for layer, size in enumerate((0.17, 0.23)):
            _paint_drops(view, layer, size)


def _paint_flakes(view: View, layer: int, size: float) -> None:
    canvas, t = view.canvas, view.t
    sway = 0.03 * torch.sin(TURN * (t + 0.3 * layer) + 5 * canvas.y)
    x = canvas.x + sway + 0.37 * layer + view.pan * 0.5 + view.u("flakes")
    column = torch.floor(x / size)
    start = scatter(column * 3.7 + 11 * layer + 100)
    y = canvas.y + t * (0.75 + 0.20 * torch.floor(start * 3)) + start
    row = torch.floor(y / size)
    draw = scatter(column * 1.9 + row * 43.3 + 8 * layer + 300)
    at_x, at_y = 0.3 + 0.4 * scatter(draw * 91), 0.3 + 0.4 * scatter(draw * 57)
    radius = size * (0.085 + 0.045 * draw)
    distance = torch.sqrt((x - (column + at_x) * size) ** 2 + (y - (row + at_y) * size) ** 2) - radius
    opacity = 0.95 * (draw > 0.5) * view.light.snowfall
    canvas.paint(
        canvas.coverage(distance) * opacity, colour((1.0, 1.0, 1.0)) * (1 - 0.12 * view.light.night).unsqueeze(1)
    )


def _paint_drops(view: View, layer: int, size: float) -> None:
    canvas, t = view.canvas, view.t
    x = canvas.x + 0.20 * canvas.y + 0.37 * layer + view.pan * 0.5 + view.u("drops")
    column = torch.floor(x / size)
    start = scatter(column * 3.7 + 11 * layer + 100)
    length = 2.0 * size
    y = canvas.y + t * (1.1 + 0.35 * torch.floor(start * 3)) + 3 * start
    row = torch.floor(y / length)
    draw = scatter(column * 1.9 + row * 43.3 + 8 * layer + 300)
    across = (x - (column + 0.3 + 0.4 * scatter(draw * 91)) * size).abs() - 0.0105
    along = (y - (row + 0.5) * length).abs() - length * (0.20 + 0.12 * draw)
    # A streak thinner than a pixel shows as a faint pixel.
    share = (0.028 / canvas.pixel).clamp(max=1)
    opacity = 0.72 * (draw > 0.6) * view.light.rain * share
    paper = colour((0.86, 0.93, 1.0)) * (1 - 0.2 * view.light.night).unsqueeze(1)
    canvas.paint(canvas.coverage(both(across, along)) * opacity, paper)
