"""Samplers against what is known exactly: an oracle's x, and the flow of Gaussian data."""

import math

import pytest
import torch
from torch import Tensor

from video_diffusion.samplers import SamplerChoice, ancestral, ddim, euler, heun, sample, stochastic_n_step
from video_diffusion.schedules import CosineSchedule, NoiseLevels, ShiftedLinearSchedule, noise_levels

STD = 0.5
GENERATOR = torch.Generator().manual_seed(0)
X = torch.randn(1000, dtype=torch.float64, generator=GENERATOR)
DIFFUSION = [SamplerChoice("ddim"), SamplerChoice("ancestral"), SamplerChoice("stochastic-n-step")]
FLOW = [SamplerChoice("euler"), SamplerChoice("heun"), SamplerChoice("ddim")]


def noise(step: int) -> Tensor:
    return torch.randn(X.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(100 + step))


def gaussian(levels: NoiseLevels):
    """The exact denoiser of data N(0, STD²)."""

    def denoise(z: Tensor, level: int, step: int) -> Tensor:
        alpha, sigma = levels.alpha[level], levels.sigma[level]
        return alpha * STD**2 * z / (alpha**2 * STD**2 + sigma**2)

    return denoise


@pytest.mark.parametrize("choice", DIFFUSION, ids=lambda choice: choice.kind)
@pytest.mark.parametrize("steps", [1, 2, 7])
def test_an_oracle_is_believed_by_diffusion_samplers(choice: SamplerChoice, steps: int) -> None:
    levels = noise_levels(CosineSchedule(), steps)
    result = sample(choice, lambda z, level, step: X, noise(0), levels, noise)
    torch.testing.assert_close(result, X)


@pytest.mark.parametrize("choice", FLOW, ids=lambda choice: choice.kind)
@pytest.mark.parametrize("steps", [1, 2, 7])
def test_an_oracle_is_believed_by_flow_samplers(choice: SamplerChoice, steps: int) -> None:
    levels = noise_levels(ShiftedLinearSchedule(3.0), steps)
    result = sample(choice, lambda z, level, step: X, noise(0), levels, noise)
    torch.testing.assert_close(result, X)


@pytest.mark.parametrize("kind", ["ddim", "ancestral", "stochastic-n-step"])
def test_z_keeps_the_marginals_of_its_levels(kind: str) -> None:
    """With an oracle, the z of each evaluation is α x + σ · (unit noise); for the ancestral sampler at γ = 0."""
    levels = noise_levels(CosineSchedule(), 6)
    spread = []

    def denoise(z: Tensor, level: int, step: int) -> Tensor:
        spread.append(((z - levels.alpha[level] * X) / levels.sigma[level]).std().item())
        return X

    sample(SamplerChoice(kind, 0.0), denoise, levels.alpha[0] * X + levels.sigma[0] * noise(50), levels, noise)
    assert len(spread) == 6
    assert all(0.9 < std < 1.1 for std in spread)


def test_ddim_follows_the_flow_of_gaussian_data() -> None:
    """The probability flow maps noise to STD times itself; DDIM gets there as its steps shrink, with first order."""
    errors = []
    for steps in (50, 100, 200):
        levels = noise_levels(CosineSchedule(), steps)
        errors.append((ddim(gaussian(levels), X, levels) - STD * X).abs().max().item())
    assert errors[2] < 0.02
    assert errors[0] / errors[1] == pytest.approx(2, abs=0.4)


@pytest.mark.parametrize("gamma", [0.0, 0.3, 1.0])
def test_ancestral_sampling_has_the_variance_of_the_data(gamma: float) -> None:
    levels = noise_levels(CosineSchedule(), 300)
    result = ancestral(gaussian(levels), noise(1000), levels, noise, gamma)
    assert result.std().item() == pytest.approx(STD, abs=4 * STD / math.sqrt(2 * X.numel()))


def test_stochastic_sampling_has_the_variance_of_the_data() -> None:
    levels = noise_levels(CosineSchedule(), 300)
    result = stochastic_n_step(gaussian(levels), noise(1000), levels, noise)
    assert result.std().item() == pytest.approx(STD, abs=4 * STD / math.sqrt(2 * X.numel()))


def test_euler_is_ddim_on_a_flow_and_heun_is_better() -> None:
    levels = noise_levels(ShiftedLinearSchedule(1.0), 12)
    torch.testing.assert_close(euler(gaussian(levels), X, levels), ddim(gaussian(levels), X, levels))
    euler_error = (euler(gaussian(levels), X, levels) - STD * X).abs().max()
    heun_error = (heun(gaussian(levels), X, levels) - STD * X).abs().max()
    assert heun_error < euler_error / 4
