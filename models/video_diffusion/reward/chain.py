"""A clip drawn as the application draws it, with the gradient kept through every step of the sampler.

    z_N ~ N(0, 1)  →  x̂ = clip(α z − σ v̂(z))  →  sampler  →  …  →  the last x̂

Noise belongs to the clip, so a clip can be drawn again alone. Activations of all steps are kept, about a gigabyte a
clip for the small ladder's base at eight steps: computing them anew took a third longer. Source: Direct Reward
Fine-Tuning, DRaFT (2309.17400).
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from ..guidance import static_threshold
from ..networks.ladder import Network
from ..precision import autocast
from ..samplers import SamplerChoice, sample
from ..schedules import NoiseLevels


def draw_clips(
    network: Network,
    choice: SamplerChoice,
    levels: NoiseLevels,
    inputs: dict[str, Tensor],
    seeds: Sequence[int],
) -> Tensor:
    """Clips ``[B, F, 3, H, W]`` in [-1, 1] for ``inputs`` (all of the network's but noise and level), each from its
    seed."""
    shape, device = inputs["given"].shape, inputs["given"].device
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]

    def noise(_: int) -> Tensor:
        return torch.stack([torch.randn(shape[1:], generator=generator) for generator in generators]).to(device)

    def v_hat(z: Tensor, log_snr: Tensor) -> Tensor:
        with autocast(device):
            return network(**inputs, z_t=z, log_snr=log_snr).float()

    def denoise(z: Tensor, level: int, _: int) -> Tensor:
        log_snr = levels.log_snr[level].float().expand(shape[0]).to(device)
        return static_threshold(levels.alpha[level] * z - levels.sigma[level] * v_hat(z, log_snr))

    return sample(choice, denoise, noise(0), levels, noise)
