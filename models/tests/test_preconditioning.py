"""The preconditioned prediction against the posterior it is derived from."""

import pytest
import torch

from video_diffusion.networks.preconditioning import denoised_input, precondition
from video_diffusion.parameterisation import diffuse, target, x_hat_from_v
from video_diffusion.schedules import alpha_sigma

LEVELS = [-8.0, -1.0, 0.0, 2.5, 8.0]
STD = 0.1
GENERATOR = torch.Generator().manual_seed(0)
U, RESIDUAL, EPS = (torch.randn(200_000, dtype=torch.float64, generator=GENERATOR) for _ in range(3))
X = U + STD * RESIDUAL


@pytest.mark.parametrize("level", LEVELS)
def test_without_network_it_is_the_posterior_mean(level: float) -> None:
    """Regressing x on z and u over many draws finds the same estimate."""
    log_snr = torch.tensor(level, dtype=torch.float64)
    alpha, sigma = alpha_sigma(log_snr)
    z = diffuse(X, EPS, alpha, sigma)
    weights = precondition(log_snr, torch.tensor(STD**2, dtype=torch.float64))
    x_hat = x_hat_from_v(weights.z * z + weights.u * U, z, alpha, sigma)
    fitted = torch.linalg.lstsq(torch.stack([z, U], 1), X[:, None]).solution
    posterior = torch.stack([z, U], 1) @ fitted
    assert (x_hat - posterior.flatten()).std() < 0.01 * STD
    closed = (sigma**2 * U + STD**2 * alpha * z) / (sigma**2 + STD**2 * alpha**2)
    torch.testing.assert_close(x_hat, closed, atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_input_and_target_of_the_network_have_unit_variance(level: float) -> None:
    log_snr = torch.tensor(level, dtype=torch.float64)
    alpha, sigma = alpha_sigma(log_snr)
    z = diffuse(X, EPS, alpha, sigma)
    weights = precondition(log_snr, torch.tensor(STD**2, dtype=torch.float64))
    seen = (z - weights.alpha * U) * weights.residual
    wanted = (target("v", X, EPS, alpha, sigma) - weights.z * z - weights.u * U) / weights.net
    assert seen.std().item() == pytest.approx(1, abs=0.01)
    assert wanted.std().item() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("level", [-2.0, 1.0, 4.0, 12.0])
def test_a_noisy_input_is_read_as_its_posterior(level: float) -> None:
    clean = 0.5 * U
    log_snr = torch.tensor(level, dtype=torch.float64)
    alpha, sigma = alpha_sigma(log_snr)
    gain, hidden = denoised_input(log_snr, 0.5)
    left = clean - gain * diffuse(clean, EPS, alpha, sigma)
    assert left.var().item() == pytest.approx(hidden.item(), rel=0.02)
    assert (left * (alpha * clean + sigma * EPS)).mean().abs().item() < 3e-3 * hidden.sqrt().item() + 1e-4
