"""Subjects of the water, drawn facing right."""

import torch

from ..shapes import both, box, circle, ellipse, polygon
from ..view import TURN
from .sheet import Part, Sheet


def sailing_boat(s: Sheet) -> list[Part]:
    """A boat with a main sail and a jib."""
    x, y, p = s.x, s.y, s.papers
    hull = polygon(x, y, [(-0.48, -0.14), (0.52, -0.14), (0.34, -0.40), (-0.34, -0.40)])
    return [
        Part(box(x, y, 0.0, 0.14, 0.020, 0.42), p.wood),
        Part(polygon(x, y, [(-0.035, 0.56), (-0.035, -0.09), (-0.46, -0.09)]), p.main),
        Part(polygon(x, y, [(0.035, 0.48), (0.035, -0.09), (0.38, -0.09)]), p.light),
        Part(hull, p.dark),
        Part(both(hull, -0.20 - y), p.white),
    ]


def whale(s: Sheet) -> list[Part]:
    """A round whale with raised flukes and its spout."""
    x, y, p = s.x, s.y, s.papers
    body = ellipse(x, y, 0.08, 0.0, 0.46, 0.30)
    spray = 0.04 * torch.sin(TURN * 3 * s.t)
    jets = [
        both((x - 0.16 - side * 1.5 * (y - 0.30) ** 2).abs() - 0.028, (y - 0.43).abs() - 0.14 - spray)
        for side in (1, -1)
    ]
    return [
        *(Part(jet, p.glass) for jet in jets),
        Part(polygon(x, y, [(-0.24, 0.10), (-0.54, 0.22), (-0.50, 0.04), (-0.24, -0.18)]), p.main),
        Part(polygon(x, y, [(-0.46, 0.10), (-0.50, 0.46), (-0.62, 0.42), (-0.58, 0.10)]), p.main),
        Part(polygon(x, y, [(-0.46, 0.18), (-0.84, 0.26), (-0.82, 0.12), (-0.52, 0.04)]), p.dark),
        Part(body, p.main),
        Part(both(body, y + 0.10 + 0.12 * x), p.white),
        Part(polygon(x, y, [(0.04, -0.06), (0.20, -0.08), (-0.06, -0.34)]), p.dark),
        Part(circle(x, y, 0.34, 0.06, 0.042), p.ink),
    ]
