"""Golden vectors of schedules, parameterisations and guidance, in float64."""

from typing import Any

import torch

from video_diffusion.guidance import (
    Constant,
    Curve,
    GuidanceCurve,
    Oscillating,
    dynamic_threshold,
    guidance_weight,
    guide,
    quantile,
    static_threshold,
)
from video_diffusion.parameterisation import (
    eps_hat_from_v,
    eps_hat_from_x_hat,
    is_flow,
    target,
    v_hat_from_x_hat,
    x_hat_from,
)
from video_diffusion.random import Purpose, normal_noise
from video_diffusion.schedules import (
    CosineSchedule,
    Schedule,
    ShiftedLinearSchedule,
    SigmaSchedule,
    alpha_sigma,
    cosine_log_snr,
    flow_alpha_sigma,
    noise_levels,
)

PARAMETERISATIONS = ("v", "x", "eps", "flow", "flow-reversed")


def finite(values: torch.Tensor) -> list[float | str]:
    """JSON has no infinities; they are written as "Infinity" and "-Infinity"."""
    words = {float("inf"): "Infinity", float("-inf"): "-Infinity"}
    return [words.get(value, value) for value in values.tolist()]


def schedules() -> dict[str, Any]:
    """λ, α, σ at the N + 1 levels of runs, and the cosine schedule at arbitrary times."""
    cosines = [CosineSchedule(), CosineSchedule(shift=3.0), CosineSchedule(-10.0, 12.0, 0.5)]
    t = torch.linspace(0, 1, 17, dtype=torch.float64)
    runs: list[tuple[Schedule, int]] = [(schedule, steps) for schedule in cosines for steps in (1, 4, 8)]
    runs += [(ShiftedLinearSchedule(shift), 4) for shift in (1.0, 3.0)]
    runs += [(SigmaSchedule((0.909375, 0.725, 0.421875, 0.0)), 3)]
    return {
        "cosine": [
            {"schedule": schedule_json(schedule), "t": t.tolist(), "logSnr": cosine_log_snr(t, schedule).tolist()}
            for schedule in cosines
        ],
        "levels": [
            {
                "schedule": schedule_json(schedule),
                "steps": steps,
                "logSnr": finite(levels.log_snr),
                "alpha": levels.alpha.tolist(),
                "sigma": levels.sigma.tolist(),
            }
            for schedule, steps in runs
            for levels in [noise_levels(schedule, steps)]
        ],
    }


def schedule_json(schedule: Schedule) -> dict[str, Any]:
    """As in a manifest."""
    match schedule:
        case CosineSchedule(least, most, shift):
            return {"kind": "cosine", "logSnrMin": least, "logSnrMax": most, "shift": shift}
        case ShiftedLinearSchedule(shift):
            return {"kind": "shifted-linear", "shift": shift}
        case SigmaSchedule(sigmas):
            return {"kind": "sigmas", "sigmas": list(sigmas)}


def parameterisations() -> dict[str, Any]:
    """For clean x and noise ε at some levels: z, the exact prediction, and x̂, ε̂, v̂ of a shrunk one."""
    x = torch.from_numpy(normal_noise(3, "golden", Purpose.INITIAL_NOISE, 0, range(1), (1, 1, 8))).double().flatten()
    eps = torch.from_numpy(normal_noise(3, "golden", Purpose.SAMPLER_NOISE, 0, range(1), (1, 1, 8))).double().flatten()
    cases = []
    for name in PARAMETERISATIONS:
        for log_snr in (-6.0, -0.5, 0.0, 3.0):
            level = torch.tensor(log_snr, dtype=torch.float64)
            alpha, sigma = (flow_alpha_sigma if is_flow(name) else alpha_sigma)(level)
            z = alpha * x + sigma * eps
            prediction = target(name, x, eps, alpha, sigma)
            x_hat = x_hat_from(name, 0.75 * prediction, z, alpha, sigma)
            case = {
                "parameterisation": name,
                "logSnr": log_snr,
                "alpha": alpha.item(),
                "sigma": sigma.item(),
                "zT": z.tolist(),
                "prediction": prediction.tolist(),
                "shrunkPrediction": (0.75 * prediction).tolist(),
                "shrunkXHat": x_hat.tolist(),
                "shrunkEpsHat": eps_hat_from_x_hat(x_hat, z, alpha, sigma).tolist(),
            }
            if not is_flow(name):
                v_hat = v_hat_from_x_hat(x_hat, z, alpha, sigma)
                case |= {"shrunkVHat": v_hat.tolist(), "epsHatFromV": eps_hat_from_v(v_hat, z, alpha, sigma).tolist()}
            cases.append(case)
    return {"x": x.tolist(), "eps": eps.tolist(), "cases": cases}


def guidances() -> dict[str, Any]:
    """Weights of curves at every step, the guided sum, quantiles and both thresholds."""
    curves: list[GuidanceCurve] = [
        Constant(3.0),
        Oscillating(15.0, 1.0, 2, None, 2),
        Oscillating(15.0, 1.0, 3, 9, 4),
        Oscillating(6.0, 0.0, 0, 5, 6),
        Curve(((0.0, 8.0), (1.0, 0.0))),
        Curve(((0.25, 2.0), (0.5, 6.0), (0.75, 1.0))),
    ]
    values = torch.from_numpy(normal_noise(5, "golden", Purpose.INITIAL_NOISE, 0, range(2), (3, 4, 5)))
    other = torch.from_numpy(normal_noise(5, "golden", Purpose.INITIAL_NOISE, 1, range(2), (3, 4, 5)))
    dynamic = [(0.95, None), (0.9, 1.5), (0.5, None), (1.0, None)]
    return {
        "weights": [
            {
                "curve": curve_json(curve),
                "steps": steps,
                "weights": [guidance_weight(curve, i, steps) for i in range(steps)],
            }
            for curve in curves
            for steps in (1, 8, 12)
        ],
        "conditional": values.flatten().tolist(),
        "unconditional": other.flatten().tolist(),
        "guided": [
            {"weight": w, "values": guide(values.double(), other.double(), w).flatten().tolist()}
            for w in (-1.0, 0.0, 1.5)
        ],
        "static": static_threshold(values.double()).flatten().tolist(),
        "dynamic": [
            {
                "percentile": p,
                "cap": cap,
                "quantile": quantile(values.abs(), p),
                "values": dynamic_threshold(values.double(), p, cap).flatten().tolist(),
            }
            for p, cap in dynamic
        ],
    }


def curve_json(curve: GuidanceCurve) -> dict[str, Any]:
    """As in a recipe."""
    match curve:
        case Constant(weight):
            return {"kind": "constant", "weight": weight}
        case Oscillating(high, low, from_step, to_step, period):
            window = {"fromStep": from_step} | ({} if to_step is None else {"toStep": to_step})
            return {"kind": "oscillating", "high": high, "low": low, **window, "period": period}
        case Curve(points):
            return {"kind": "curve", "points": [{"at": at, "weight": weight} for at, weight in points]}
