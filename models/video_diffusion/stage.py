"""One stage from noise to 8-bit frames, in torch: the reference for the application's engine, and what evaluation runs.

    z_T ~ N(0, 1)  →  every step: prediction(s) → guided → x̂ → thresholded → given frames put in  →  sampler  →  uint8

The whole clip at once; windows are the engine's concern and must not change the result. Order of operations and random
streams are those of docs/pack-format.md: initial noise is step 0 of its purpose, sampler noise counts the sampling
step, the input's augmentation is step 0 of its purpose at the input's own size.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from video_diffusion.augmentation import augment, spread_frames
from video_diffusion.guidance import (
    Constant,
    Curve,
    GuidanceCurve,
    Oscillating,
    dynamic_threshold,
    guidance_weight,
    guide,
    static_threshold,
)
from video_diffusion.networks.base import BaseNetwork
from video_diffusion.networks.inputs import Inputs
from video_diffusion.networks.ladder import Network
from video_diffusion.networks.super_resolution import SuperResolutionNetwork
from video_diffusion.parameterisation import Parameterisation, x_hat_from
from video_diffusion.pixels import from_uint8, to_uint8
from video_diffusion.random import Purpose, normal_noise
from video_diffusion.samplers import SamplerChoice, sample
from video_diffusion.schedules import CosineSchedule, NoiseLevels, Schedule, noise_levels

MOST_LOG_SNR = 30.0


@dataclass(frozen=True)
class Static:
    """clip(x̂, −1, 1)."""


@dataclass(frozen=True)
class Dynamic:
    percentile: float = 0.95
    cap: float | None = None


def curve_from_json(curve: dict[str, Any]) -> GuidanceCurve:
    """A guidance curve as manifests and recipes write it."""
    match curve["kind"]:
        case "constant":
            return Constant(curve["weight"])
        case "oscillating":
            return Oscillating(
                curve["high"], curve["low"], curve["fromStep"], curve.get("toStep"), curve.get("period", 2)
            )
        case "curve":
            return Curve(tuple((point["at"], point["weight"]) for point in curve["points"]))
    raise ValueError(f"Unknown guidance curve {curve['kind']!r}. Use constant, oscillating or curve.")


def thresholding_from_json(thresholding: dict[str, Any]) -> Static | Dynamic | None:
    """Thresholding as manifests and recipes write it."""
    match thresholding["kind"]:
        case "none":
            return None
        case "static":
            return Static()
        case "dynamic":
            return Dynamic(thresholding.get("percentile", 0.95), thresholding.get("cap"))
    raise ValueError(f"Unknown thresholding {thresholding['kind']!r}. Use none, static or dynamic.")


@dataclass(frozen=True)
class StageSettings:
    """How to sample. `guidance` says what the network can: two evaluations, w as an input, or neither."""

    steps: int
    schedule: Schedule = field(default_factory=CosineSchedule)
    sampler: SamplerChoice = field(default_factory=SamplerChoice)
    guidance: str = "classifier-free"
    curve: GuidanceCurve = field(default_factory=lambda: Constant(0.0))
    thresholding: Static | Dynamic | None = field(default_factory=Static)
    augmentation_log_snr: float = 4.0
    parameterisation: Parameterisation = "v"


@dataclass(frozen=True)
class StageInputs:
    """What one clip is made from.

    `frames`, `height`, `width` of the output · `text` `[P, N, D]`, `text_mask` `[P, N]`, `text_of_frame` `[F]` ·
    `low_res` uint8 `[F', h, w, 3]`, the stage before's frames · `given` uint8 frames `[H, W, 3]` by frame index.
    """

    seed: int
    stage_id: str
    frames: int
    height: int
    width: int
    text: Tensor
    text_mask: Tensor
    text_of_frame: Tensor
    low_res: Tensor | None = None
    given: dict[int, Tensor] = field(default_factory=dict)


@torch.no_grad()
def run_stage(
    network: Network,
    settings: StageSettings,
    inputs: StageInputs,
    on_step: Callable[[int, Tensor], None] | None = None,
) -> Tensor:
    """uint8 frames `[F, H, W, 3]`; `on_step` sees every step's x̂ `[F, 3, H, W]`."""
    levels = noise_levels(settings.schedule, settings.steps)
    conditions = _conditions(network, settings, inputs)
    given, mask = conditions["given"], conditions["given_mask"]

    def denoise(z: Tensor, level: int, step: int) -> Tensor:
        weight = guidance_weight(settings.curve, step, settings.steps)
        prediction = _guided(network, settings.guidance, z, float(levels.log_snr[level]), weight, conditions)
        x_hat = x_hat_from(settings.parameterisation, prediction, z, levels.alpha[level], levels.sigma[level])
        x_hat = threshold(x_hat, settings.thresholding) * (1 - mask) + given
        if on_step is not None:
            on_step(step, x_hat)
        return x_hat

    return to_uint8(_sample(settings, inputs, levels, denoise)).permute(0, 2, 3, 1)


def _sample(settings: StageSettings, inputs: StageInputs, levels: NoiseLevels, denoise: Callable) -> Tensor:
    shape = (3, inputs.height, inputs.width)

    def noise(purpose: Purpose, step: int) -> Tensor:
        return torch.from_numpy(normal_noise(inputs.seed, inputs.stage_id, purpose, step, range(inputs.frames), shape))

    z = noise(Purpose.INITIAL_NOISE, 0)
    return sample(settings.sampler, denoise, z, levels, lambda step: noise(Purpose.SAMPLER_NOISE, step))


def threshold(x_hat: Tensor, thresholding: Static | Dynamic | None) -> Tensor:
    """x̂ within the range of pixels, by the chosen method."""
    match thresholding:
        case None:
            return x_hat
        case Static():
            return static_threshold(x_hat)
        case Dynamic(percentile, cap):
            return dynamic_threshold(x_hat, percentile, cap)


def _guided(
    network: Network, guidance: str, z: Tensor, log_snr: float, weight: float, conditions: dict[str, Tensor]
) -> Tensor:
    level = torch.tensor([min(MOST_LOG_SNR, max(-MOST_LOG_SNR, log_snr))])
    named = conditions | {"z_t": z, "log_snr": level}
    if guidance == "distilled":
        return _predict(network, named | {"guidance_weight": torch.tensor([weight])})
    conditional = _predict(network, named)
    if guidance == "none" or weight == 0:
        return conditional
    unconditional = _predict(network, named | {"text_mask": torch.zeros_like(conditions["text_mask"])})
    return guide(conditional, unconditional, weight)


def _predict(network: Network, named: dict[str, Tensor]) -> Tensor:
    if isinstance(network, BaseNetwork):
        return network.denoise(Inputs(**named))
    return network.denoise(Inputs(**named))[0]


def _conditions(network: Network, settings: StageSettings, inputs: StageInputs) -> dict[str, Tensor]:
    """Every input of the graph that stays the same through the steps."""
    given = torch.zeros(inputs.frames, 3, inputs.height, inputs.width)
    mask = torch.zeros(inputs.frames, 1, inputs.height, inputs.width)
    for frame, picture in inputs.given.items():
        given[frame], mask[frame] = from_uint8(picture).permute(2, 0, 1), 1
    conditions = {
        "text": inputs.text,
        "text_mask": inputs.text_mask,
        "text_of_frame": inputs.text_of_frame,
        "given": given,
        "given_mask": mask,
    }
    if not isinstance(network, SuperResolutionNetwork):
        return conditions
    return conditions | low_res_conditions(network, settings.augmentation_log_snr, inputs)


def low_res_conditions(network: SuperResolutionNetwork, log_snr: float, inputs: StageInputs) -> dict[str, Tensor]:
    """The augmented input on the stage's frames, its level, and for temporal stages which frames are real."""
    if inputs.low_res is None:
        raise ValueError(f"Stage {inputs.stage_id} enlarges the clip of the stage before it: pass it as low_res.")
    clip = from_uint8(inputs.low_res).permute(0, 3, 1, 2)
    noise = normal_noise(
        inputs.seed, inputs.stage_id, Purpose.AUGMENTATION, 0, range(clip.shape[0]), tuple(clip.shape[1:])
    )
    clip = augment(clip, torch.from_numpy(noise), torch.tensor(log_snr, dtype=torch.float64))
    level = {"low_res_log_snr": torch.tensor([log_snr])}
    if network.config.kind == "ssr":
        return level | {"low_res": clip}
    spread, known = spread_frames(clip, inputs.frames // clip.shape[0], "repeat")
    return level | {"low_res": spread, "low_res_known": known}
