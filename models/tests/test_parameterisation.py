"""What networks predict: every parameterisation leads back to the x and ε it came from."""

import pytest
import torch

from video_diffusion.parameterisation import (
    Parameterisation,
    diffuse,
    eps_hat_from_v,
    eps_hat_from_x_hat,
    is_flow,
    target,
    v_hat_from_x_hat,
    x_hat_from,
    x_hat_from_v,
)
from video_diffusion.schedules import alpha_sigma, flow_alpha_sigma

LOG_SNR = torch.linspace(-12, 12, 13, dtype=torch.float64)[:, None]
GENERATOR = torch.Generator().manual_seed(0)
X, EPS = (torch.randn(13, 40, dtype=torch.float64, generator=GENERATOR) for _ in range(2))


@pytest.mark.parametrize("name", ["v", "x", "eps", "flow", "flow-reversed"])
def test_the_exact_prediction_gives_back_clean_pixels_and_noise(name: Parameterisation) -> None:
    alpha, sigma = (flow_alpha_sigma if is_flow(name) else alpha_sigma)(LOG_SNR)
    z = diffuse(X, EPS, alpha, sigma)
    x_hat = x_hat_from(name, target(name, X, EPS, alpha, sigma), z, alpha, sigma)
    torch.testing.assert_close(x_hat, X, atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(eps_hat_from_x_hat(x_hat, z, alpha, sigma), EPS, atol=1e-6, rtol=1e-6)


def test_v_x_and_eps_round_trip_for_any_prediction() -> None:
    alpha, sigma = alpha_sigma(LOG_SNR)
    z, v = X, EPS
    x_hat = x_hat_from_v(v, z, alpha, sigma)
    eps_hat = eps_hat_from_v(v, z, alpha, sigma)
    torch.testing.assert_close(alpha * x_hat + sigma * eps_hat, z)
    torch.testing.assert_close(alpha * eps_hat - sigma * x_hat, v)
    torch.testing.assert_close(v_hat_from_x_hat(x_hat, z, alpha, sigma), v, atol=1e-8, rtol=1e-8)


def test_v_is_the_velocity_of_z_along_the_angle() -> None:
    """With φ = atan(σ/α): v = dz/dφ (Progressive Distillation, appendix D)."""
    phi, h = torch.tensor(0.7, dtype=torch.float64), 1e-6
    ahead, behind = (diffuse(X, EPS, torch.cos(phi + d), torch.sin(phi + d)) for d in (h, -h))
    v = target("v", X, EPS, torch.cos(phi), torch.sin(phi))
    torch.testing.assert_close((ahead - behind) / (2 * h), v, atol=1e-8, rtol=1e-8)


def test_an_unknown_parameterisation_is_named() -> None:
    with pytest.raises(ValueError, match="Unknown parameterisation 'w'"):
        target("w", X, EPS, X, EPS)  # type: ignore[arg-type]
