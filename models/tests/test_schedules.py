"""Noise schedules: their ends, their inverse, and that shifts are shifts of λ."""

import math

import pytest
import torch

from video_diffusion.schedules import (
    CosineSchedule,
    ShiftedLinearSchedule,
    SigmaSchedule,
    alpha_sigma,
    cosine_log_snr,
    cosine_time,
    flow_alpha_sigma,
    flow_log_snr,
    noise_levels,
    shifted_sigma,
    time_grid,
)

T = torch.linspace(0.01, 0.99, 50, dtype=torch.float64)


def test_cosine_schedule_runs_between_its_limits() -> None:
    ends = cosine_log_snr(torch.tensor([0.0, 1.0], dtype=torch.float64), CosineSchedule(-12.0, 15.0))
    torch.testing.assert_close(ends, torch.tensor([15.0, -12.0], dtype=torch.float64))


def test_cosine_schedule_is_the_cosine_in_the_middle() -> None:
    """With limits far away α(t) = cos(π t/2), which gives the schedule its name."""
    alpha, _ = alpha_sigma(cosine_log_snr(T, CosineSchedule(-60.0, 60.0)))
    torch.testing.assert_close(alpha, torch.cos(math.pi / 2 * T), atol=1e-10, rtol=0)


@pytest.mark.parametrize("shift", [0.5, 1.0, 3.0])
def test_cosine_time_inverts_the_schedule(shift: float) -> None:
    schedule = CosineSchedule(shift=shift)
    torch.testing.assert_close(cosine_time(cosine_log_snr(T, schedule), schedule), T)


def test_both_shifts_lower_log_snr_by_twice_the_logarithm() -> None:
    by = 2 * math.log(3.0)
    plain, shifted = (cosine_log_snr(T, CosineSchedule(shift=s)) for s in (1.0, 3.0))
    torch.testing.assert_close(plain - shifted, torch.full_like(T, by))
    torch.testing.assert_close(flow_log_snr(T) - flow_log_snr(shifted_sigma(T, 3.0)), torch.full_like(T, by))


def test_levels_belong_to_their_family() -> None:
    log_snr = torch.linspace(-30, 30, 61, dtype=torch.float64)
    alpha, sigma = alpha_sigma(log_snr)
    torch.testing.assert_close(alpha**2 + sigma**2, torch.ones_like(alpha))
    torch.testing.assert_close(2 * torch.log(alpha / sigma), log_snr)
    alpha, sigma = flow_alpha_sigma(log_snr)
    torch.testing.assert_close(alpha + sigma, torch.ones_like(alpha))
    torch.testing.assert_close(2 * torch.log(alpha / sigma), log_snr)


def test_a_run_goes_from_noise_to_the_end_of_time() -> None:
    assert time_grid(4).tolist() == [1.0, 0.75, 0.5, 0.25, 0.0]
    levels = noise_levels(CosineSchedule(), 4)
    assert levels.steps == 4
    assert (levels.log_snr.diff() > 0).all()
    flow = noise_levels(ShiftedLinearSchedule(3.0), 4)
    assert (flow.sigma[0].item(), flow.sigma[-1].item()) == (1.0, 0.0)
    assert (flow.log_snr[0].item(), flow.log_snr[-1].item()) == (-math.inf, math.inf)


def test_a_list_of_sigmas_says_how_many_steps_it_is_for() -> None:
    with pytest.raises(ValueError, match="makes 2 steps, but 3 steps were asked for"):
        noise_levels(SigmaSchedule((1.0, 0.5, 0.0)), 3)


def test_a_run_without_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one step, but got 0"):
        time_grid(0)
