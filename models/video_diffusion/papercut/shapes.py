"""Signed distances of flat shapes: negative inside, in the units of the coordinates that are passed in.

All take coordinate tensors that broadcast against each other and plain numbers. Distances outside corners are lower
bounds, which is what soft shadows need; zero crossings are exact. Source: the usual half-plane and norm constructions.
"""

import math

import torch
from torch import Tensor

Point = tuple[float, float]


def circle(x: Tensor, y: Tensor, cx: float, cy: float, radius: float) -> Tensor:
    """Distance to a disc."""
    return torch.sqrt((x - cx) ** 2 + (y - cy) ** 2) - radius


def ellipse(x: Tensor, y: Tensor, cx: float, cy: float, rx: float, ry: float) -> Tensor:
    """Approximate distance to an ellipse (exact zero crossing; scaled by the smaller radius)."""
    return (torch.sqrt(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2) - 1) * min(rx, ry)


def box(x: Tensor, y: Tensor, cx: float, cy: float, half_x: float, half_y: float, corner: float = 0.0) -> Tensor:
    """Distance to a box with rounded corners."""
    dx, dy = (x - cx).abs() - (half_x - corner), (y - cy).abs() - (half_y - corner)
    if corner == 0:
        return torch.maximum(dx, dy)
    outside = torch.sqrt(dx.clamp(min=0) ** 2 + dy.clamp(min=0) ** 2)
    return outside + torch.maximum(dx, dy).clamp(max=0) - corner


def polygon(x: Tensor, y: Tensor, points: list[Point]) -> Tensor:
    """Distance to a convex polygon: the farthest half-plane, cut by the circumscribed disc so that no tip runs on."""
    centre_x = sum(px for px, _ in points) / len(points)
    centre_y = sum(py for _, py in points) / len(points)
    if _signed_area(points) < 0:
        points = points[::-1]
    distance = circle(x, y, centre_x, centre_y, max(math.hypot(px - centre_x, py - centre_y) for px, py in points))
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        ex, ey = x2 - x1, y2 - y1
        length = math.hypot(ex, ey)
        distance = torch.maximum(distance, x * (ey / length) + (y * (-ex / length) + (y1 * ex - x1 * ey) / length))
    return distance


def segment(x: Tensor, y: Tensor, start: Point, end: Point, radius: float) -> Tensor:
    """Distance to a line segment with round ends."""
    ex, ey = end[0] - start[0], end[1] - start[1]
    along = (((x - start[0]) * ex + (y - start[1]) * ey) / (ex * ex + ey * ey)).clamp(0, 1)
    return torch.sqrt((x - start[0] - along * ex) ** 2 + (y - start[1] - along * ey) ** 2) - radius


def union(*distances: Tensor) -> Tensor:
    """What lies in any of the shapes."""
    result = distances[0]
    for distance in distances[1:]:
        result = torch.minimum(result, distance)
    return result


def both(*distances: Tensor) -> Tensor:
    """What lies in all of the shapes."""
    result = distances[0]
    for distance in distances[1:]:
        result = torch.maximum(result, distance)
    return result


def _signed_area(points: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))
