"""Puts a subject's drawing into the scene: turns it, throws its shadow, lays its papers one over another."""

from collections.abc import Callable

import torch
from torch import Tensor

from .. import palette
from ..canvas import colour
from ..light import Light
from ..motion import pose_of
from ..shapes import union
from ..view import View
from .sheet import Papers, Part, Sheet

Drawing = Callable[[Sheet], list[Part]]


def paint_subject(view: View, draw: Drawing) -> None:
    """Paints the scene's subject with the given drawing."""
    pose, canvas = pose_of(view.scene, view.t), view.canvas
    x, y = (canvas.x - pose.x) / pose.size * pose.facing, (canvas.y - pose.y) / pose.size
    cos, sin = torch.cos(pose.tilt), torch.sin(pose.tilt)
    x, y = x * cos + y * sin, y * cos - x * sin
    papers = _papers(view.scene.colour, view.light)
    parts = draw(Sheet(x, y, view.t + view.u("phase"), papers, view.light.night))
    outline = union(*[part.distance for part in parts if not part.glows])
    canvas.shade(outline * pose.size, 0.26, 0.026)
    pixel = canvas.pixel / pose.size
    relief = 1 + 0.14 * (y + 0.1).clamp(-0.6, 0.6).unsqueeze(1)
    for part in parts:
        paper = part.paper if part.glows else (part.paper * relief).clamp(max=1)
        canvas.paint(canvas.coverage(part.distance, pixel) * part.opacity, paper)


def _papers(name: str, light: Light) -> Papers:
    def lit(rgb: palette.RGB) -> Tensor:
        return colour(rgb) * light.subject

    main = lit(palette.PAPER[name])
    white = name == "white"
    return Papers(
        main=main,
        dark=main * (0.78 if white else 0.66),
        light=lit((0.84, 0.88, 0.94)) if white else 0.5 * main + 0.5 * light.subject,
        accent=lit(palette.SLATE) if white else main,
        white=lit(palette.WHITE),
        ink=lit(palette.INK),
        wood=lit(palette.WOOD),
        glass=lit(palette.GLASS),
        lamp=colour(palette.LAMP),
        flame=colour(palette.FLAME),
    )
