"""Subjects that move along the ground, drawn facing right."""

import torch

from ..canvas import fract
from ..shapes import both, box, circle, ellipse, polygon
from ..view import TURN
from .sheet import Part, Sheet


def car(s: Sheet) -> list[Part]:
    """A small car with turning wheels."""
    x, y, p = s.x, s.y, s.papers
    parts = [
        Part(polygon(x, y, [(-0.34, 0.06), (0.32, 0.06), (0.17, 0.34), (-0.24, 0.34)]), p.dark),
        Part(box(x, y, 0.0, -0.04, 0.55, 0.16, 0.08), p.main),
        Part(polygon(x, y, [(-0.26, 0.09), (-0.03, 0.09), (-0.03, 0.29), (-0.19, 0.29)]), p.glass),
        Part(polygon(x, y, [(0.03, 0.09), (0.23, 0.09), (0.12, 0.29), (0.03, 0.29)]), p.glass),
        Part(circle(x, y, 0.50, -0.02, 0.06), p.lamp),
    ]
    for centre in (-0.30, 0.30):
        hub = circle(x, y, centre, -0.16, 0.065)
        spoke = ((x - centre) * torch.cos(TURN * 3 * s.t) + (y + 0.16) * torch.sin(TURN * 3 * s.t)).abs() - 0.016
        parts += [Part(circle(x, y, centre, -0.16, 0.14), p.ink), Part(hub, p.light), Part(both(hub, spoke), p.ink)]
    return parts


def train(s: Sheet) -> list[Part]:
    """A steam engine, two wagons behind it, and its smoke."""
    x, y, p = s.x, s.y, s.papers
    parts = [Part(box(x, y, -0.35, -0.12, 0.45, 0.025), p.ink)]
    for centre, paper in ((-0.64, p.main), (-0.08, p.light)):
        parts.append(Part(box(x, y, centre, 0.01, 0.25, 0.19, 0.04), paper))
        parts += [Part(box(x, y, centre + side, 0.06, 0.07, 0.065, 0.02), p.lamp) for side in (-0.11, 0.11)]
    parts += [
        Part(box(x, y, 0.36, 0.06, 0.15, 0.25, 0.04), p.dark),
        Part(box(x, y, 0.36, 0.14, 0.08, 0.08, 0.02), p.lamp),
        Part(box(x, y, 0.58, -0.03, 0.26, 0.15, 0.06), p.main),
        Part(polygon(x, y, [(0.63, 0.08), (0.71, 0.08), (0.76, 0.30), (0.58, 0.30)]), p.ink),
        Part(polygon(x, y, [(0.78, -0.10), (0.95, -0.24), (0.78, -0.24)]), p.dark),
    ]
    for centre in (-0.78, -0.50, -0.22, 0.06, 0.32, 0.52, 0.72):
        parts += [Part(circle(x, y, centre, -0.19, 0.085), p.ink), Part(circle(x, y, centre, -0.19, 0.035), p.light)]
    for i in range(3):
        age = fract(2 * s.t + i / 3)
        puff = torch.sqrt((x - 0.66 + 0.60 * age) ** 2 + (y - 0.40 - 0.30 * age) ** 2) - 0.06 - 0.10 * age
        parts.append(Part(puff, p.white, 0.8 * (1 - age), glows=True))
    return parts


def rabbit(s: Sheet) -> list[Part]:
    """A sitting rabbit with long ears and a white tail."""
    x, y, p = s.x, s.y, s.papers
    return [
        Part(ellipse(x + 0.30 * (y - 0.5), y, 0.12, 0.50, 0.075, 0.24), p.dark),
        Part(circle(x, y, -0.40, -0.20, 0.13), p.white),
        Part(ellipse(x, y, -0.08, -0.17, 0.34, 0.27), p.main),
        Part(circle(x, y, 0.26, 0.10, 0.21), p.main),
        Part(ellipse(x + 0.10 * (y - 0.5), y, 0.25, 0.48, 0.085, 0.26), p.main),
        Part(ellipse(x + 0.10 * (y - 0.5), y, 0.25, 0.47, 0.040, 0.17), p.light),
        Part(ellipse(x, y, -0.18, -0.24, 0.19, 0.18), p.dark),
        Part(ellipse(x, y, 0.20, -0.38, 0.15, 0.06), p.main),
        Part(circle(x, y, 0.34, 0.14, 0.045), p.ink),
        Part(circle(x, y, 0.46, 0.06, 0.035), p.ink),
    ]
