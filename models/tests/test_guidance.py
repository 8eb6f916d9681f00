"""Guidance weights over the steps, the papers' convention, and thresholding."""

import numpy as np
import pytest
import torch

from video_diffusion.guidance import (
    Constant,
    Curve,
    Oscillating,
    dynamic_threshold,
    guidance_weight,
    guide,
    quantile,
    static_threshold,
)


def weights(curve: Constant | Oscillating | Curve, steps: int) -> list[float]:
    return [guidance_weight(curve, i, steps) for i in range(steps)]


def test_oscillation_is_high_then_alternates_then_low() -> None:
    assert weights(Oscillating(15, 1, 2), 8) == [15, 15, 15, 1, 15, 1, 15, 1]
    assert weights(Oscillating(15, 1, 1, 6, 4), 8) == [15, 15, 15, 1, 1, 15, 1, 1]


def test_a_curve_is_linear_between_its_points_and_constant_outside() -> None:
    curve = Curve(((0.25, 2.0), (0.75, 6.0)))
    assert weights(curve, 5) == [2.0, 2.0, 4.0, 6.0, 6.0]
    assert weights(Curve(((0.0, 3.0), (1.0, 9.0))), 1) == [3.0]


def test_weight_zero_is_conditional_and_minus_one_unconditional() -> None:
    conditional, unconditional = torch.tensor([3.0]), torch.tensor([1.0])
    assert guide(conditional, unconditional, 0.0) == conditional
    assert guide(conditional, unconditional, -1.0) == unconditional
    assert guide(conditional, unconditional, 2.0) == 7.0


@pytest.mark.parametrize("p", [0.5, 0.9, 0.95, 0.995, 1.0])
def test_quantile_agrees_with_numpy(p: float) -> None:
    values = torch.rand(1237, generator=torch.Generator().manual_seed(1))
    assert quantile(values, p) == pytest.approx(np.quantile(values.numpy(), p), abs=1e-7)


def test_quantile_works_where_torch_gives_up() -> None:
    size = 2**24 + 3
    values = torch.ones(size)
    values[: size // 2 + 1] = 0.25
    with pytest.raises(RuntimeError):
        torch.quantile(values, 0.5)
    assert quantile(values, 0.5) == 0.25
    assert quantile(values, 0.51) == 1


def test_dynamic_thresholding_scales_only_what_exceeds_one() -> None:
    quiet = torch.tensor([-0.5, 0.2, 0.9])
    assert (dynamic_threshold(quiet, 0.95) == quiet).all()
    loud = torch.tensor([-4.0, 1.0, 2.0])
    torch.testing.assert_close(dynamic_threshold(loud, 1.0), loud / 4)
    torch.testing.assert_close(dynamic_threshold(loud, 1.0, cap=2.0), torch.tensor([-1.0, 0.5, 1.0]))
    torch.testing.assert_close(static_threshold(loud), torch.tensor([-1.0, 1.0, 1.0]))
