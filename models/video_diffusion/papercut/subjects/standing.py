"""Subjects that stand where they are."""

import math

import torch

from ..canvas import fract
from ..shapes import both, box, circle, polygon, segment
from ..view import TURN
from .sheet import Part, Sheet


def windmill(s: Sheet) -> list[Part]:
    """A windmill whose four sails turn once in a clip."""
    x, y, p = s.x, s.y, s.papers
    parts = [
        Part(polygon(x, y, [(-0.23, -0.46), (0.23, -0.46), (0.13, 0.20), (-0.13, 0.20)]), p.main),
        Part(polygon(x, y, [(-0.18, 0.17), (0.18, 0.17), (0.0, 0.38)]), p.dark),
        Part(box(x, y, 0.0, -0.34, 0.07, 0.12, 0.03), p.wood),
        Part(circle(x, y, 0.0, -0.06, 0.06), p.light),
    ]
    for i in range(4):
        angle = TURN * 1.1 * s.t + i * math.pi / 2
        cos, sin = torch.cos(angle), torch.sin(angle)
        along, across = x * cos + (y - 0.20) * sin, (y - 0.20) * cos - x * sin
        parts += [
            Part(segment(along, across, (0.0, 0.0), (0.48, 0.0), 0.018), p.wood),
            Part(box(along, across, 0.30, 0.055, 0.18, 0.065), p.white),
        ]
    return [*parts, Part(circle(x, y, 0.0, 0.20, 0.05), p.ink)]


def tent(s: Sheet) -> list[Part]:
    """A tent and a camp fire that flickers and lights the ground at night."""
    x, y, p = s.x, s.y, s.papers
    flicker = 0.05 * torch.sin(TURN * 3.7 * s.t) + 0.03 * torch.sin(TURN * 2.3 * s.t)
    glow = torch.exp(-((x - 0.46) ** 2 + y**2) * 9)
    flame = polygon_of_flame(x, y, 0.17, 0.26, flicker)
    return [
        Part(0 * x - 1, p.flame, glow * (0.38 + 0.8 * flicker) * (0.4 + 0.6 * s.night), glows=True),
        Part(polygon(x, y, [(-0.72, -0.22), (0.16, -0.22), (-0.26, 0.44)]), p.main),
        Part(polygon(x, y, [(-0.72, -0.22), (-0.42, -0.22), (-0.26, 0.44)]), p.dark),
        Part(polygon(x, y, [(-0.26, -0.22), (0.00, -0.22), (-0.17, 0.20)]), p.wood * 0.6),
        Part(flame, p.flame),
        Part(polygon_of_flame(x, y, 0.09, 0.12, -flicker), p.lamp),
        Part(segment(x, y, (0.26, -0.22), (0.66, -0.16), 0.035), p.wood),
        Part(segment(x, y, (0.26, -0.16), (0.66, -0.22), 0.035), p.wood),
    ]


def polygon_of_flame(x: torch.Tensor, y: torch.Tensor, half: float, height: float, lean: torch.Tensor) -> torch.Tensor:
    """A flame at the camp fire: a triangle whose tip leans and leaps."""
    rise = (y + 0.18) / (height + 0.18 + lean)
    return both(((x - 0.46) - lean * rise).abs() - half * (1 - rise), -0.18 - y) * 0.8


def lighthouse(s: Sheet) -> list[Part]:
    """A striped lighthouse whose beam goes round."""
    x, y, p = s.x, s.y, s.papers
    tower = polygon(x, y, [(-0.20, -0.48), (0.20, -0.48), (0.12, 0.28), (-0.12, 0.28)])
    turn = torch.cos(TURN * 0.9 * s.t)
    turn = torch.sign(turn) * turn.abs().clamp(min=0.15)
    away = x / turn
    beam = both(-away, (y - 0.37).abs() - 0.05 - 0.14 * away.abs().clamp(max=4)) * 0.8
    fading = torch.exp(-0.9 * away.clamp(0, 9) * turn.abs()) * (0.20 + 0.38 * s.night) * (away > 0)
    return [
        Part(beam, p.lamp, fading, glows=True),
        Part(tower, p.white),
        Part(both(tower, (fract((y + 0.48) / 0.34) - 0.30).abs() * 0.34 - 0.102), p.accent),
        Part(box(x, y, 0.0, 0.29, 0.17, 0.028), p.ink),
        Part(box(x, y, 0.0, 0.38, 0.09, 0.08), p.lamp),
        Part(polygon(x, y, [(-0.15, 0.45), (0.15, 0.45), (0.0, 0.62)]), p.accent),
    ]
