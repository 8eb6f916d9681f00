"""Classifier-free guidance, its weight at every step, and thresholding of x̂.

The papers' convention: guided = (1 + w)·conditional − w·unconditional, the same in x, ε and v before clipping (Ho and
Salimans 2022, 2207.12598, equation 6). Interfaces that speak of a "scale" mean 1 + w. Knows nothing of networks or
samplers.

Sources: oscillating guidance: Imagen Video (2210.02303), on large guidance weights; dynamic thresholding: Imagen
(2205.11487), section 2.3.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor


@dataclass(frozen=True)
class Constant:
    weight: float
    kind: Literal["constant"] = "constant"


@dataclass(frozen=True)
class Oscillating:
    """`high` before step `from_step`; then halves of `period` steps by turns, high first; from `to_step` on `low`."""

    high: float
    low: float
    from_step: int
    to_step: int | None = None
    period: int = 2
    kind: Literal["oscillating"] = "oscillating"


@dataclass(frozen=True)
class Curve:
    """(at, weight) points, piecewise linear over progress: at 0 is the first step and 1 the last."""

    points: tuple[tuple[float, float], ...]
    kind: Literal["curve"] = "curve"


GuidanceCurve = Constant | Oscillating | Curve


def guidance_weight(curve: GuidanceCurve, step: int, steps: int) -> float:
    """w of step `step` (from 0) of `steps`."""
    match curve:
        case Constant():
            return curve.weight
        case Oscillating():
            if step < curve.from_step:
                return curve.high
            if curve.to_step is not None and step >= curve.to_step:
                return curve.low
            half = (step - curve.from_step) // (curve.period // 2)
            return curve.high if half % 2 == 0 else curve.low
        case Curve():
            return _interpolate(curve.points, step / (steps - 1) if steps > 1 else 0.0)


def _interpolate(points: tuple[tuple[float, float], ...], at: float) -> float:
    if at <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]


def guide(conditional: Tensor, unconditional: Tensor, weight: float) -> Tensor:
    """(1 + w)·conditional − w·unconditional; a negative prompt takes the unconditional's place."""
    return (1 + weight) * conditional - weight * unconditional


def static_threshold(x_hat: Tensor) -> Tensor:
    """clip(x̂, −1, 1)."""
    return x_hat.clamp(-1, 1)


def dynamic_threshold(x_hat: Tensor, percentile: float, cap: float | None = None) -> Tensor:
    """s = max(1, Q_p(|x̂|)) over all elements, at most `cap`; x̂ ← clip(x̂, −s, s)/s.

    The caller recomputes ε̂ and v̂ from the result. The quantile interpolates linearly and works above 2²⁴ elements,
    where torch.quantile refuses.
    """
    s = max(1.0, quantile(x_hat.abs(), percentile))
    if cap is not None:
        s = min(s, cap)
    return x_hat.clamp(-s, s) / s


def quantile(values: Tensor, p: float) -> float:
    """Linearly interpolated quantile of all elements, exact at any size."""
    flat = values.reshape(-1)
    position = p * (flat.numel() - 1)
    below = int(position)
    low = torch.kthvalue(flat, below + 1).values.item()
    if position == below:
        return low
    return low + (torch.kthvalue(flat, below + 2).values.item() - low) * (position - below)
