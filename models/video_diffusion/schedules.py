"""Noise schedules: the log signal-to-noise ratio λ(t) of diffusion time t, and α, σ from λ.

    z_t = α_t x + σ_t ε,   α² + σ² = 1,   λ = log(α²/σ²)   (natural logarithm)

t runs from 1 (pure noise) to 0 (data). Knows nothing of networks or samplers.

Sources: Progressive Distillation (arXiv 2202.00512, appendix and the reference code's `schedules.py`) for the cosine
schedule in continuous time; "simple diffusion" (2301.11093, section 3.1) for the shift by −2·log(shift); Rectified flow
as used by Stable Diffusion 3 (2403.03206, equation 23) for the shifted linear schedule.

Every function takes and returns tensors of any shape and keeps the floating dtype; golden vectors are made in float64.
"""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor


@dataclass(frozen=True)
class CosineSchedule:
    """λ(t) = −2 log tan(a t + b) − 2 log(shift), clamped by construction to [log_snr_min, log_snr_max] before the
    shift.

    `shift` > 1 moves every level towards noise. A video is more redundant than a picture, so it needs more of it.
    """

    log_snr_min: float = -20.0
    log_snr_max: float = 20.0
    shift: float = 1.0
    kind: Literal["cosine"] = "cosine"


@dataclass(frozen=True)
class ShiftedLinearSchedule:
    """Flow matching: σ = shift·t / (1 + (shift − 1)·t), z = (1 − σ) x + σ ε."""

    shift: float = 1.0
    kind: Literal["shifted-linear"] = "shifted-linear"


@dataclass(frozen=True)
class SigmaSchedule:
    """A list of flow σ, high to low, one more than steps; z = (1 − σ) x + σ ε."""

    sigmas: tuple[float, ...]
    kind: Literal["sigmas"] = "sigmas"


Schedule = CosineSchedule | ShiftedLinearSchedule | SigmaSchedule


def cosine_log_snr(t: Tensor, schedule: CosineSchedule) -> Tensor:
    """λ of time `t` in [0, 1]. PD, reference code `logsnr_schedule_cosine`."""
    b = math.atan(math.exp(-0.5 * schedule.log_snr_max))
    a = math.atan(math.exp(-0.5 * schedule.log_snr_min)) - b
    return -2 * torch.log(torch.tan(a * t + b)) - 2 * math.log(schedule.shift)


def cosine_time(log_snr: Tensor, schedule: CosineSchedule) -> Tensor:
    """The inverse of `cosine_log_snr`: the time at which the schedule reaches `log_snr`."""
    b = math.atan(math.exp(-0.5 * schedule.log_snr_max))
    a = math.atan(math.exp(-0.5 * schedule.log_snr_min)) - b
    return (torch.atan(torch.exp(-0.5 * (log_snr + 2 * math.log(schedule.shift)))) - b) / a


def shifted_sigma(t: Tensor, shift: float) -> Tensor:
    """Flow σ of time `t` in [0, 1]; equal to λ' = λ − 2 log(shift) with λ = 2 log((1 − σ)/σ)."""
    return shift * t / (1 + (shift - 1) * t)


def flow_log_snr(sigma: Tensor) -> Tensor:
    """λ = 2 log((1 − σ)/σ) of a flow σ in (0, 1)."""
    return 2 * (torch.log1p(-sigma) - torch.log(sigma))


def alpha_sigma(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    """(α, σ) of λ, variance preserving: α = √sigmoid(λ), σ = √sigmoid(−λ)."""
    return torch.sqrt(torch.sigmoid(log_snr)), torch.sqrt(torch.sigmoid(-log_snr))


def flow_alpha_sigma(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    """(1 − σ, σ) of λ for the flow z = (1 − σ) x + σ ε."""
    return torch.sigmoid(0.5 * log_snr), torch.sigmoid(-0.5 * log_snr)


def time_grid(steps: int) -> Tensor:
    """Times t_i = 1 − i/N for i = 0…N, float64 `[N + 1]`: from pure noise to the end."""
    if steps < 1:
        raise ValueError(f"A sampler needs at least one step, but got {steps}. Ask for 1 or more.")
    return 1 - torch.arange(steps + 1, dtype=torch.float64) / steps


@dataclass(frozen=True)
class NoiseLevels:
    """λ, α and σ at the N + 1 times of a run, float64 `[N + 1]`. The network is evaluated at the first N.

    The last level is where time ends: σ = 0 for a flow, λ(0) for the cosine schedule. A flow starts at σ = 1, λ = −∞;
    networks are given λ within ±30.
    """

    log_snr: Tensor
    alpha: Tensor
    sigma: Tensor

    @property
    def steps(self) -> int:
        return len(self.log_snr) - 1


def noise_levels(schedule: Schedule, steps: int) -> NoiseLevels:
    """The levels that a sampler of `steps` steps visits; whatever the last one, the last step returns x̂."""
    if schedule.kind == "cosine":
        log_snr = cosine_log_snr(time_grid(steps), schedule)
        alpha, sigma = alpha_sigma(log_snr)
        return NoiseLevels(log_snr, alpha, sigma)
    sigma = flow_sigmas(schedule, steps)
    return NoiseLevels(flow_log_snr(sigma), 1 - sigma, sigma)


def flow_sigmas(schedule: ShiftedLinearSchedule | SigmaSchedule, steps: int) -> Tensor:
    """The N + 1 flow σ of a run, float64, from high to low."""
    if schedule.kind == "shifted-linear":
        return shifted_sigma(time_grid(steps), schedule.shift)
    if len(schedule.sigmas) != steps + 1:
        raise ValueError(
            f"The schedule lists {len(schedule.sigmas)} sigmas, which makes {len(schedule.sigmas) - 1} steps, "
            f"but {steps} steps were asked for. Ask for {len(schedule.sigmas) - 1} steps."
        )
    return torch.tensor(schedule.sigmas, dtype=torch.float64)
