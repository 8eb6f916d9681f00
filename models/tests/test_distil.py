"""Targets of distillation are exact for a teacher in closed form."""

import pytest
import torch
from torch import Tensor

from video_diffusion.distil.consistency import consistency_target
from video_diffusion.distil.guided import draw_weights, guided
from video_diffusion.distil.levels import Level, XHat, ddim_step, draw_places, per_sample, v_of, x_hat_of_step
from video_diffusion.distil.phases import phases_of, shares_of
from video_diffusion.distil.progressive import progressive_target
from video_diffusion.distil.stochastic import stochastic_target
from video_diffusion.samplers import ddim, stochastic_n_step
from video_diffusion.schedules import CosineSchedule, cosine_time, noise_levels

SCHEDULE = CosineSchedule(shift=3.0)


def gaussian_teacher(mean: float, std: float) -> XHat:
    """The exact denoiser of data x ~ N(mean, std²)."""

    def x_hat(z: Tensor, t: Level) -> Tensor:
        alpha, sigma = per_sample(t.alpha, z), per_sample(t.sigma, z)
        return (sigma**2 * mean + std**2 * alpha * z) / (sigma**2 + std**2 * alpha**2)

    return x_hat


TEACHER = gaussian_teacher(0.3, 0.4)


def noise(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def taught_sampler(target: object, steps: int) -> object:
    """A denoiser for ``samplers`` that answers with the target of a student of ``steps`` steps."""

    def denoise(z: Tensor, level: int, _: int) -> Tensor:
        place = torch.full((len(z),), steps - 1 - level)
        return target(TEACHER, z, place, steps, SCHEDULE)

    return denoise


@pytest.mark.parametrize("steps", [1, 4, 8, 32])
def test_one_step_of_the_student_is_two_of_the_teacher(steps: int) -> None:
    place = torch.arange(steps)
    z_t = noise(steps, 2, 3, 4, 4)
    x_tilde = progressive_target(TEACHER, z_t, place, steps, SCHEDULE)
    t, middle, end = (Level.at((place + 1 - back) / steps, SCHEDULE) for back in (0, 0.5, 1))
    z = ddim_step(TEACHER(z_t, t), z_t, t, middle)
    expected = ddim_step(TEACHER(z, middle), z, middle, end)
    torch.testing.assert_close(ddim_step(x_tilde, z_t, t, end)[1:], expected[1:], atol=1e-10, rtol=0)
    torch.testing.assert_close(x_tilde[:1], TEACHER(z, middle)[:1], atol=0, rtol=0)


@pytest.mark.parametrize("steps", [1, 2, 8])
def test_a_perfect_student_samples_what_its_teacher_samples(steps: int) -> None:
    z = noise(3, 5)
    exact = ddim(lambda z, level, _: at_levels(z, level, 2 * steps), z, noise_levels(SCHEDULE, 2 * steps))
    student = ddim(taught_sampler(progressive_target, steps), z, noise_levels(SCHEDULE, steps))
    torch.testing.assert_close(student, exact, atol=1e-9, rtol=0)


def at_levels(z: Tensor, level: int, steps: int) -> Tensor:
    return TEACHER(z, Level.at(torch.full((len(z),), 1 - level / steps, dtype=torch.float64), SCHEDULE))


def test_the_stochastic_target_lands_two_levels_down() -> None:
    steps = 8
    place = torch.arange(steps)
    z_t = noise(steps, 3, 4)
    x_tilde = stochastic_target(TEACHER, z_t, place, steps, SCHEDULE)
    t, middle, end = (Level.at((place + 1 - back).clamp(min=0) / steps, SCHEDULE) for back in (0, 1, 2))
    z = ddim_step(TEACHER(z_t, t), z_t, t, middle)
    expected = ddim_step(TEACHER(z, middle), z, middle, end)
    torch.testing.assert_close(ddim_step(x_tilde, z_t, t, end)[1:], expected[1:], atol=1e-9, rtol=0)
    torch.testing.assert_close(x_tilde[:1], TEACHER(z_t, t)[:1], atol=0, rtol=0)


def test_the_stochastic_student_of_an_exact_teacher_draws_the_data_again() -> None:
    """The exact solution of the ODE for x ~ N(.3, .4²), in jumps of 1/N, is a perfect student of N DDIM steps."""
    steps, count = 8, 40_000

    def exact(z: Tensor, t: Level) -> Tensor:
        s = Level.at((cosine_time(t.log_snr, SCHEDULE) - 1 / steps).clamp(min=0), SCHEDULE)
        spread = [per_sample((level.alpha**2 * 0.4**2 + level.sigma**2).sqrt(), z) for level in (t, s)]
        z_s = per_sample(s.alpha, z) * 0.3 + spread[1] / spread[0] * (z - per_sample(t.alpha, z) * 0.3)
        return x_hat_of_step(z_s, z, t, s)

    def denoise(z: Tensor, level: int, _: int) -> Tensor:
        return stochastic_target(exact, z, torch.full((count,), steps - 1 - level), steps, SCHEDULE)

    levels = noise_levels(SCHEDULE, steps)
    drawn = stochastic_n_step(denoise, noise(count, 1), levels, lambda i: noise(count, 1, seed=i + 1))
    assert drawn.mean().item() == pytest.approx(0.3, abs=0.01)
    assert drawn.std().item() == pytest.approx(0.4, rel=0.05)


def test_a_consistency_student_follows_its_teachers_path() -> None:
    """For a teacher that knows the one point there is, every point of the path leads to it."""
    point = gaussian_teacher(0.3, 0.0)
    z_t = noise(8, 3)
    x_tilde = consistency_target(point, point, z_t, torch.arange(8), 8, SCHEDULE)
    torch.testing.assert_close(x_tilde, torch.full_like(x_tilde, 0.3), atol=1e-3, rtol=0)


def test_x_hat_of_a_step_undoes_the_step() -> None:
    t, s = (Level.at(torch.tensor(time), SCHEDULE) for time in ((1.0, 0.5, 0.01), (0.9, 0.1, 0.0)))
    z_t, x = noise(3, 4), noise(3, 4, seed=1)
    torch.testing.assert_close(x_hat_of_step(ddim_step(x, z_t, t, s), z_t, t, s), x, atol=1e-8, rtol=0)


def test_the_guided_target_is_the_guided_teacher_in_v_too() -> None:
    weight = torch.tensor([0.0, 1.5, 6.0], dtype=torch.float64)
    conditional, unconditional = gaussian_teacher(0.8, 0.1), gaussian_teacher(0.0, 0.5)
    t, z = Level.at(torch.tensor([0.9, 0.5, 0.2]), SCHEDULE), 0.1 * noise(3, 6)
    x_hat = guided(conditional, unconditional, weight)(z, t)
    by_hand = 2.5 * conditional(z, t)[1] - 1.5 * unconditional(z, t)[1]
    torch.testing.assert_close(x_hat[0], conditional(z, t)[0])
    torch.testing.assert_close(x_hat[1], by_hand.clamp(-1, 1))
    v = [v_of(teacher(z, t), z, t) for teacher in (conditional, unconditional)]
    w = per_sample(weight, z)
    inside = ((1 + w) * conditional(z, t) - w * unconditional(z, t)).abs() <= 1
    assert 0.2 < inside.double().mean() < 1
    torch.testing.assert_close(v_of(x_hat, z, t)[inside], ((1 + w) * v[0] - w * v[1])[inside])


def test_draws_cover_all_levels_and_weights() -> None:
    generator = torch.Generator().manual_seed(0)
    assert set(draw_places(8, 8, generator).tolist()) == set(range(8))
    places = torch.cat([draw_places(3, 8, generator) for _ in range(400)])
    assert torch.bincount(places, minlength=8).min() > 100
    weights = draw_weights(1000, 6.0, generator)
    assert 0 <= weights.min() < 0.1 and 5.9 < weights.max() < 6 and abs(weights.mean() - 3) < 0.2


def test_phases() -> None:
    assert [p.name for p in phases_of(32, 8, "ddim", True)] == ["guided", "ddim-16", "ddim-8"]
    assert [p.name for p in phases_of(16, 4, "stochastic", False)] == ["ddim-8", "ddim-4", "stochastic-4"]
    assert [p.name for p in phases_of(16, 2, "consistency", False)] == ["consistency-2"]
    assert sum(shares_of(phases_of(32, 8, "ddim", True))) == pytest.approx(1)
    for first in (12, 8, 4):
        with pytest.raises(ValueError, match="power of two"):
            phases_of(first, 8, "ddim", False)
