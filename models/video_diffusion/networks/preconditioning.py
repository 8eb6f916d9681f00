"""Prediction of v around a known mean: EDM's preconditioning for data x = u + N(0, s²).

Super-resolution knows x almost: the enlarged or blended input u is right up to a residual of standard deviation s. Take
x ~ N(u, s²) and z = α x + σ ε with α² + σ² = 1, and write D = σ² + s² α². Then the posterior of x given z has

    mean  (σ² u + s² α z) / D          standard deviation  s σ / √D

and, with v = (α z − x)/σ, the mean becomes v̂ = σ (α (1 − s²) z − u) / D. The network supplies the rest, scaled so that
its target has unit variance at every noise level:

    v̂ = σ (α (1 − s²) z − u) / D + (s / √D) · net(...)

With net = 0 this is the best answer of a network that knows nothing but u and s. For u = 0 it is equation 7 of Karras
et al. 2022 (2206.00364, section 5 and appendix B.6) in v and for a variance-preserving process.
"""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass
class Preconditioning:
    """Coefficients, each a tensor that broadcasts against `[N, C, H, W]`.

    v̂ = z·z_t + u·mean + net·network(…), and the network's input (z_t − alpha·mean)·residual has unit variance.
    """

    alpha: Tensor
    residual: Tensor
    z: Tensor
    u: Tensor
    net: Tensor


def precondition(log_snr: Tensor, variance: Tensor) -> Preconditioning:
    """Coefficients for noise level λ and residual variance s², tensors that broadcast against each other."""
    alpha2, sigma2 = torch.sigmoid(log_snr), torch.sigmoid(-log_snr)
    alpha, sigma = torch.sqrt(alpha2), torch.sqrt(sigma2)
    total = sigma2 + variance * alpha2
    return Preconditioning(
        alpha=alpha,
        residual=torch.rsqrt(total),
        z=sigma * alpha * (1 - variance) / total,
        u=-sigma / total,
        net=torch.sqrt(variance / total),
    )


def denoised_input(log_snr: Tensor, data_std: float) -> tuple[Tensor, Tensor]:
    """How to read a noise-augmented input c' = α_a c + σ_a ε': the factor g with E[c | c'] = g c' and the variance
    left.

    For c ~ N(0, S²): g = α_a S² / (α_a² S² + σ_a²), variance σ_a² S² / (α_a² S² + σ_a²). Without noise g = 1, variance
    0.
    """
    alpha2, sigma2 = torch.sigmoid(log_snr), torch.sigmoid(-log_snr)
    total = alpha2 * data_std**2 + sigma2
    return torch.sqrt(alpha2) * data_std**2 / total, sigma2 * data_std**2 / total
