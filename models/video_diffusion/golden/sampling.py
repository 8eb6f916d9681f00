"""Golden vectors of whole sampler runs with an analytic denoiser, in float64.

The denoiser is the posterior mean of data N(0, s²): x̂ = α s² z / (α² s² + σ²), at the level it is evaluated at.
"""

from typing import Any

import torch
from torch import Tensor

from video_diffusion.golden.formulas import schedule_json
from video_diffusion.random import Purpose, normal_noise
from video_diffusion.samplers import SamplerChoice, sample
from video_diffusion.schedules import CosineSchedule, Schedule, ShiftedLinearSchedule, SigmaSchedule, noise_levels

SEED, STAGE, SHAPE, STD = 11, "golden", (2, 3, 2, 3), 0.5


def samplers() -> dict[str, Any]:
    """Every sampler's run: the z of each evaluation with its level, and the final x̂."""
    cosine = CosineSchedule(shift=2.0)
    runs: list[tuple[SamplerChoice, Schedule, int]] = [
        (SamplerChoice("ddim"), cosine, 5),
        (SamplerChoice("ddim"), cosine, 1),
        (SamplerChoice("ancestral", 0.0), cosine, 4),
        (SamplerChoice("ancestral", 0.3), cosine, 5),
        (SamplerChoice("ancestral", 1.0), cosine, 4),
        (SamplerChoice("stochastic-n-step"), cosine, 5),
        (SamplerChoice("stochastic-n-step"), cosine, 2),
        (SamplerChoice("euler"), ShiftedLinearSchedule(3.0), 5),
        (SamplerChoice("heun"), ShiftedLinearSchedule(3.0), 4),
        (SamplerChoice("heun"), SigmaSchedule((0.909375, 0.725, 0.421875, 0.0)), 3),
    ]
    return {
        "seed": SEED,
        "stage": STAGE,
        "shape": list(SHAPE),
        "dataStd": STD,
        "runs": [_run(*run) for run in runs],
    }


def _run(choice: SamplerChoice, schedule: Schedule, steps: int) -> dict[str, Any]:
    levels = noise_levels(schedule, steps)
    evaluations: list[dict[str, Any]] = []

    def denoise(z: Tensor, level: int, step: int) -> Tensor:
        alpha, sigma = levels.alpha[level], levels.sigma[level]
        evaluations.append({"step": step, "level": level, "zT": z.flatten().tolist()})
        return alpha * STD**2 * z / (alpha**2 * STD**2 + sigma**2)

    final = sample(
        choice, denoise, _noise(Purpose.INITIAL_NOISE, 0), levels, lambda i: _noise(Purpose.SAMPLER_NOISE, i)
    )
    gamma = {"gamma": choice.gamma} if choice.kind == "ancestral" else {}
    return {
        "sampler": {"kind": choice.kind, **gamma},
        "schedule": schedule_json(schedule),
        "steps": steps,
        "evaluations": evaluations,
        "final": final.flatten().tolist(),
    }


def _noise(purpose: Purpose, step: int) -> Tensor:
    return torch.from_numpy(normal_noise(SEED, STAGE, purpose, step, range(SHAPE[0]), SHAPE[1:])).double()
