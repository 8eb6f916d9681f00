"""Subjects of the air, drawn facing right."""

import math

import torch

from ..shapes import both, box, circle, ellipse, polygon, segment, union
from ..view import TURN
from .sheet import Part, Sheet


def balloon(s: Sheet) -> list[Part]:
    """A hot-air balloon with three gores and a basket."""
    x, y, p = s.x, s.y, s.papers
    envelope = union(
        circle(x, y, 0.0, 0.16, 0.38), polygon(x, y, [(-0.35, 0.02), (0.35, 0.02), (0.11, -0.34), (-0.11, -0.34)])
    )
    bulge = torch.sqrt((0.38**2 - (y - 0.16) ** 2).clamp(min=0.012))
    return [
        Part(segment(x, y, (-0.09, -0.33), (-0.07, -0.46), 0.014), p.wood),
        Part(segment(x, y, (0.09, -0.33), (0.07, -0.46), 0.014), p.wood),
        Part(envelope, p.main),
        Part(both(envelope, (x / bulge).abs() * 0.3 - 0.10), p.light),
        Part(both(envelope, (y + 0.30).abs() - 0.035), p.dark),
        Part(box(x, y, 0.0, -0.50, 0.105, 0.075, 0.02), p.wood),
    ]


def bird(s: Sheet) -> list[Part]:
    """A round songbird that beats its wings."""
    x, y, p = s.x, s.y, s.papers
    beat = 0.36 * torch.sin(TURN * 3 * s.t)
    wing_tip = ((y - 0.04) / (beat + 0.10 * torch.sign(beat + 1e-3))).clamp(-9, 9)
    wing = both(
        wing_tip.abs() - 1 + 0 * x, ((x + 0.03) + 0.18 * wing_tip).abs() - 0.20 * (1 - wing_tip.abs()), -wing_tip
    )
    wing = wing * 0.3
    return [
        Part(polygon(x, y, [(-0.26, 0.08), (-0.56, 0.17), (-0.54, -0.10), (-0.26, -0.06)]), p.dark),
        Part(ellipse(x, y, 0.0, 0.0, 0.36, 0.21), p.main),
        Part(circle(x, y, 0.30, 0.12, 0.16), p.main),
        Part(polygon(x, y, [(0.42, 0.19), (0.62, 0.10), (0.42, 0.05)]), p.flame),
        Part(ellipse(x, y, 0.04, -0.09, 0.24, 0.10), p.light),
        Part(wing, p.dark),
        Part(circle(x, y, 0.35, 0.15, 0.036), p.ink),
    ]


def rocket(s: Sheet) -> list[Part]:
    """A rocket that points up, with fins, a porthole and its flame."""
    x, y, p = s.x, s.y, s.papers
    flicker = 0.10 * torch.sin(TURN * 3.7 * s.t)
    hull = both(circle(x, y, 0.32, 0.0, 0.54), circle(x, y, -0.32, 0.0, 0.54), -0.38 - y)
    return [
        Part(ellipse(x, y - 0.5 * flicker + 0.56, 0.0, 0.0, 0.14, 0.26), p.flame),
        Part(ellipse(x, y - 0.3 * flicker + 0.50, 0.0, 0.0, 0.08, 0.16), p.lamp),
        Part(polygon(x, y, [(-0.14, -0.02), (-0.38, -0.44), (-0.10, -0.34)]), p.dark),
        Part(polygon(x, y, [(0.14, -0.02), (0.38, -0.44), (0.10, -0.34)]), p.dark),
        Part(hull, p.main),
        Part(both(hull, 0.24 - y), p.accent * 0.8),
        Part(both(hull, (y + 0.30).abs() - 0.035), p.light),
        Part(circle(x, y, 0.0, 0.05, 0.115), p.white),
        Part(circle(x, y, 0.0, 0.05, 0.075), p.glass * 0.7),
    ]


def paper_plane(s: Sheet) -> list[Part]:
    """A folded paper plane: near wing, keel, far wing."""
    x, y, p = s.x, s.y, s.papers
    return [
        Part(polygon(x, y, [(0.56, 0.02), (-0.52, 0.40), (-0.30, 0.02)]), p.main),
        Part(polygon(x, y, [(0.56, 0.02), (-0.30, 0.04), (-0.40, -0.32)]), p.dark),
        Part(polygon(x, y, [(0.56, 0.02), (-0.30, 0.06), (-0.42, -0.07)]), p.light),
    ]


def kite(s: Sheet) -> list[Part]:
    """A diamond kite in two shades, with a tail of bows."""
    x, y, p = s.x, s.y, s.papers
    diamond = polygon(x, y, [(0.0, 0.50), (0.34, 0.12), (0.0, -0.36), (-0.34, 0.12)])

    def wave(height: float | torch.Tensor) -> torch.Tensor:
        return 0.08 * torch.sin(height * 11 + TURN * 2 * s.t)

    parts = [Part(both((x - wave(y)).abs() - 0.020, (y + 0.62).abs() - 0.27), p.wood)]
    for height in (-0.54, -0.72, -0.88):
        from_tail = (x - wave(height)).abs()
        parts.append(Part(both(from_tail - 0.10, (y - height).abs() - 0.015 - 0.4 * from_tail), p.light))
    quarter = union(both(diamond, x, 0.12 - y), both(diamond, -x, y - 0.12))
    return [*parts, Part(diamond, p.main), Part(quarter, p.dark)]


def butterfly(s: Sheet) -> list[Part]:
    """A butterfly seen from above whose wings fold."""
    x, y, p = s.x, s.y, s.papers
    fold = 0.76 + 0.24 * torch.cos(TURN * 3 * s.t)
    across = x.abs() / fold
    upper = ellipse(across, y - 0.30 * across, 0.27, 0.06, 0.27, 0.22) * fold
    lower = ellipse(across, y + 0.10 * across, 0.20, -0.22, 0.20, 0.20) * fold
    return [
        Part(segment(x.abs(), y, (0.02, 0.22), (0.12, 0.42), 0.014), p.ink),
        Part(lower, p.dark),
        Part(upper, p.main),
        Part(ellipse(across, y - 0.30 * across, 0.29, 0.06, 0.13, 0.10) * fold, p.light),
        Part(ellipse(x, y, 0.0, -0.03, 0.055, 0.28), p.ink),
    ]


def flying_saucer(s: Sheet) -> list[Part]:
    """A flying saucer: glass dome, broad disc, lamps that run round the rim."""
    x, y, p = s.x, s.y, s.papers
    dome = both(circle(x, y, 0.0, 0.06, 0.27), 0.04 - y)
    disc = ellipse(x, y, 0.0, 0.0, 0.58, 0.20)
    parts = [
        Part(dome, p.glass),
        Part(both(circle(x, y, -0.06, 0.10, 0.13), 0.04 - y), p.white),
        Part(disc, p.main),
        Part(both(disc, y + 0.07), p.dark),
        Part(ellipse(x, y, 0.0, -0.19, 0.20, 0.06), p.ink),
    ]
    for i in range(5):
        shine = (0.65 + 0.35 * torch.sin(TURN * (2 * s.t + i / 5))).unsqueeze(1)
        parts.append(Part(circle(x, y, -0.40 + 0.20 * i, -0.01 - 0.03 * (1 - abs(i - 2) / 2), 0.05), p.lamp * shine))
    return parts


def umbrella(s: Sheet) -> list[Part]:
    """An open umbrella with scalloped panels and a hooked handle."""
    x, y, p = s.x, s.y, s.papers
    dome = circle(x, y, 0.0, 0.0, 0.52)
    scallops = 0.02 + 0.07 * torch.sin(math.pi * (x + 0.52) / 0.26).abs() - y
    canopy = both(dome, scallops)
    curve = torch.sqrt((0.52**2 - y**2).clamp(min=0.02))
    hook = both(circle(x, y, 0.09, -0.42, 0.09).abs() - 0.026, y + 0.42)
    return [
        Part(box(x, y, 0.0, -0.08, 0.026, 0.36), p.wood),
        Part(hook, p.wood),
        Part(circle(x, y, 0.0, 0.53, 0.04), p.wood),
        Part(canopy, p.main),
        Part(both(canopy, ((x / curve).abs() - 0.5).abs() * 0.45 - 0.10), p.dark),
        Part(both(canopy, (x / curve).abs() * 0.45 - 0.09), p.light),
    ]
