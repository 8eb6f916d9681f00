"""Samplers: from noise to a clip, each one function.

    z            the noisy clip, any shape       levels  λ, α, σ at the N + 1 times of the run
    x̂            denoise(z, level, step)         ε̂       (z − α x̂)/σ
    noise(step)  standard normal, of z's shape   t → s   one step, from level i to i + 1; the last returns x̂

They see a denoiser that returns the guided, thresholded x̂, and know neither parameterisation, guidance nor network.

Sources: DDIM (2010.02502), equation 12 with η = 0; ancestral: Video Diffusion Models (2204.03458), section 2, with the
log-linear interpolation of variances by γ; stochastic N-step: On Distillation of Guided Diffusion (2210.03142), its
N-step stochastic sampling; Euler and Heun: Karras et al. 2022 (2206.00364), algorithm 1, on the flow's ODE dz/dσ = ε −
x (Rectified flow, 2209.03003).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from video_diffusion.schedules import NoiseLevels

Denoise = Callable[[Tensor, int, int], Tensor]
Noise = Callable[[int], Tensor]


def ddim(denoise: Denoise, z: Tensor, levels: NoiseLevels) -> Tensor:
    """z_s = α_s x̂ + σ_s ε̂."""
    for i in range(levels.steps):
        x_hat = denoise(z, i, i)
        eps_hat = (z - levels.alpha[i] * x_hat) / levels.sigma[i]
        z = levels.alpha[i + 1] * x_hat + levels.sigma[i + 1] * eps_hat
    return x_hat


def ancestral(denoise: Denoise, z: Tensor, levels: NoiseLevels, noise: Noise, gamma: float) -> Tensor:
    """z_s ~ N(μ̃, σ̃²^(1−γ) σ²^γ): γ interpolates the logarithms of the lower and the upper bound of the variance.

    μ̃ = e^(λt−λs) (α_s/α_t) z + (1 − e^(λt−λs)) α_s x̂,  σ̃² = (1 − e^(λt−λs)) σ_s²,  σ² = (1 − e^(λt−λs)) σ_t².
    """
    for i in range(levels.steps):
        x_hat = denoise(z, i, i)
        if i == levels.steps - 1:
            break
        ratio = torch.exp(levels.log_snr[i] - levels.log_snr[i + 1])
        mean = ratio * (levels.alpha[i + 1] / levels.alpha[i]) * z + (1 - ratio) * levels.alpha[i + 1] * x_hat
        lower = torch.sqrt(1 - ratio) * levels.sigma[i + 1]
        upper = torch.sqrt(1 - ratio) * levels.sigma[i]
        z = mean + lower ** (1 - gamma) * upper**gamma * noise(i)
    return x_hat


def stochastic_n_step(denoise: Denoise, z: Tensor, levels: NoiseLevels, noise: Noise) -> Tensor:
    """DDIM two levels down, t → k, then noise one level up again, k → s; at the last level return x̂.

    z_s = (α_s/α_k) z_k + √((1 − e^(λs−λk)) σ_s²) ε.
    """
    for i in range(levels.steps):
        x_hat = denoise(z, i, i)
        if i == levels.steps - 1:
            break
        eps_hat = (z - levels.alpha[i] * x_hat) / levels.sigma[i]
        z_k = levels.alpha[i + 2] * x_hat + levels.sigma[i + 2] * eps_hat
        std = torch.sqrt(1 - torch.exp(levels.log_snr[i + 1] - levels.log_snr[i + 2])) * levels.sigma[i + 1]
        z = levels.alpha[i + 1] / levels.alpha[i + 2] * z_k + std * noise(i)
    return x_hat


def euler(denoise: Denoise, z: Tensor, levels: NoiseLevels) -> Tensor:
    """z_s = z + (σ_s − σ_t) û with û = (z − x̂)/σ_t, for flows. Equal to DDIM there."""
    for i in range(levels.steps):
        u_hat = (z - denoise(z, i, i)) / levels.sigma[i]
        z = z + (levels.sigma[i + 1] - levels.sigma[i]) * u_hat
    return z


def heun(denoise: Denoise, z: Tensor, levels: NoiseLevels) -> Tensor:
    """Euler, then again with the mean of û at both ends of the step, for flows; the last step, to σ = 0, is Euler's."""
    for i in range(levels.steps):
        u_hat = (z - denoise(z, i, i)) / levels.sigma[i]
        euler_z = z + (levels.sigma[i + 1] - levels.sigma[i]) * u_hat
        if i == levels.steps - 1:
            return euler_z
        u_next = (euler_z - denoise(euler_z, i + 1, i)) / levels.sigma[i + 1]
        z = z + (levels.sigma[i + 1] - levels.sigma[i]) * 0.5 * (u_hat + u_next)
    return z


@dataclass(frozen=True)
class SamplerChoice:
    """A sampler by the name that manifests and recipes use; `gamma` is the ancestral one's."""

    kind: Literal["ddim", "ancestral", "stochastic-n-step", "euler", "heun"] = "ddim"
    gamma: float = 0.3


def sample(choice: SamplerChoice, denoise: Denoise, z: Tensor, levels: NoiseLevels, noise: Noise) -> Tensor:
    """Runs the chosen sampler from noise `z` to the last x̂."""
    match choice.kind:
        case "ddim":
            return ddim(denoise, z, levels)
        case "ancestral":
            return ancestral(denoise, z, levels, noise, choice.gamma)
        case "stochastic-n-step":
            return stochastic_n_step(denoise, z, levels, noise)
        case "euler":
            return euler(denoise, z, levels)
        case "heun":
            return heun(denoise, z, levels)
