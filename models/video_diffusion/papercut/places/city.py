"""The city: two rows of towers whose windows are lit from dusk till dawn."""

import torch
from torch import Tensor

from .. import palette
from ..canvas import colour, scatter
from ..view import View
from .base import Place, paint_ridge, rolling

_WINDOW_PITCH = (0.034, 0.044)
_WINDOW_HALF = (0.0095, 0.0135)


class City(Place):
    """Every tower is a cell of a row; its height, width and roof are drawn from the cell's number."""

    def ground(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.22 + 0.010 * rolling(self.scene, "street", x, 3.0)

    def front(self, x: Tensor, t: Tensor) -> Tensor:
        return -0.37 + 0.012 * rolling(self.scene, "front", x, 3.0)

    def paint_back(self, view: View) -> None:
        for row, shape in enumerate(((0.0, -0.13, 0.36, 0.125), (0.42, -0.21, 0.27, 0.155))):
            self._paint_row(view, row, *shape)
        paint_ridge(view, lambda x: self.ground(x, view.t), view.parallax(0.7), view.light.layer(0.74))

    def _paint_row(self, view: View, row: int, depth: float, level: float, tallest: float, width: float) -> None:
        canvas = view.canvas
        x = view.parallax(0.7 * depth) + self.scene.u(f"row {row}") * 7 + 20
        cell = torch.floor(x / width)
        draw = scatter(cell * 3.1 + 17 * row + int(self.scene.u("towers") * 50))
        other = scatter(draw * 77 + 5)
        local = x - (cell + 0.5) * width
        top = level + 0.06 + tallest * 0.92 * draw * draw
        half = width * (0.36 + 0.10 * other)
        tower = torch.maximum(local.abs() - half, canvas.y - top)
        above = canvas.y - top
        spire = torch.maximum(local.abs() - 0.006, above - 0.07)
        gable = torch.maximum((local.abs() + 0.9 * above) - 0.7 * half, -above - 0.02)
        roof = torch.where(other > 0.6, spire, torch.where(other < 0.25, gable, tower))
        distance = torch.minimum(torch.minimum(tower, roof), canvas.y - level - 0.02)
        canvas.shade(distance, 0.22, 0.022)
        paper = view.light.layer(0.9 * depth) * (0.90 + 0.20 * other).unsqueeze(1)
        canvas.paint(canvas.coverage(distance), paper.clamp(max=1))
        self._paint_windows(view, local, cell, distance, level, paper)

    def _paint_windows(
        self, view: View, local: Tensor, cell: Tensor, tower: Tensor, level: float, paper: Tensor
    ) -> None:
        canvas = view.canvas
        column = torch.floor(local / _WINDOW_PITCH[0] + 0.5)
        floor = torch.floor(canvas.y / _WINDOW_PITCH[1])
        on = scatter(column * 1.3 + floor * 5.7 + cell * 23.3 + 700) > 0.45
        across = (local - column * _WINDOW_PITCH[0]).abs() - _WINDOW_HALF[0]
        along = (canvas.y - (floor + 0.5) * _WINDOW_PITCH[1]).abs() - _WINDOW_HALF[1]
        # Windows finer than a pixel keep their mean brightness.
        share = (0.0165 / canvas.pixel).clamp(max=1)
        inside = on * (tower < -0.014) * (canvas.y > level + 0.04)
        lit = (1 - view.light.night) * 0.25 * (view.scene.hour != "day") + view.light.night
        lit = lit.unsqueeze(1)
        glow = torch.lerp(paper * 0.84, colour(palette.LAMP), (0.35 + 0.65 * lit) * (lit > 0))
        canvas.paint(canvas.coverage(torch.maximum(across, along)) * share * inside * 0.9, glow)
