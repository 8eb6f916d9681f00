"""One denoising step of a stage with inputs that both languages can make from seeds: for parity checks and golden
vectors.

    z_t        normal noise, purpose INITIAL_NOISE, step 0
    low_res    ½ · normal noise, purpose AUGMENTATION, step 0, of the stage before's frames and size; a temporal stage's
               repeated
    given      frame 0 only: ½ · normal noise, purpose SAMPLER_NOISE, step 0
    states     zeros
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from video_diffusion.augmentation import spread_frames
from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import Network
from video_diffusion.networks.super_resolution import SuperResolutionNetwork
from video_diffusion.random import Purpose, normal_noise

TEMPORAL_FACTOR = 2


@dataclass(frozen=True)
class Case:
    """`text_of_frame` has one prompt index for every frame, so it also says how many frames there are."""

    stage_id: str
    seed: int
    height: int
    width: int
    text_of_frame: tuple[int, ...]
    log_snr: float = 0.5
    low_res_log_snr: float = 4.0
    guidance_weight: float = 2.0

    @property
    def frames(self) -> int:
        return len(self.text_of_frame)

    def noise(self, purpose: Purpose, frames: int, height: int, width: int) -> Tensor:
        return torch.from_numpy(normal_noise(self.seed, self.stage_id, purpose, 0, range(frames), (3, height, width)))


def graph_inputs(network: Network) -> list[str]:
    """Names of the graph's inputs but for causal states, in graph order."""
    names = ["z_t", "log_snr", "text", "text_mask", "text_of_frame"]
    if isinstance(network, SuperResolutionNetwork):
        names += ["low_res", "low_res_log_snr"]
        names += ["low_res_known"] if network.config.kind == "tsr" else []
    names += ["given", "given_mask"]
    return names + (["guidance_weight"] if network.config.guidance_input else [])


def case_inputs(network: Network, case: Case, text: Tensor, text_mask: Tensor) -> dict[str, Tensor]:
    """The graph's inputs by name, causal states included; `text` `[P, N, D]`, `text_mask` `[P, N]`."""
    f, h, w = case.frames, case.height, case.width
    given = torch.zeros(f, 3, h, w)
    given[:1] = 0.5 * case.noise(Purpose.SAMPLER_NOISE, 1, h, w)
    given_mask = torch.zeros(f, 1, h, w)
    given_mask[:1] = 1
    inputs = {
        "z_t": case.noise(Purpose.INITIAL_NOISE, f, h, w),
        "log_snr": torch.tensor([case.log_snr]),
        "text": text,
        "text_mask": text_mask,
        "text_of_frame": torch.tensor(case.text_of_frame),
        "given": given,
        "given_mask": given_mask,
        "guidance_weight": torch.tensor([case.guidance_weight]),
    }
    if not isinstance(network.config, BaseConfig):
        inputs |= _low_res(network.config.kind, network.config.scale, case)
    kept = {name: inputs[name] for name in graph_inputs(network)}
    return kept | initial_states(network, h, w)


def _low_res(kind: str, scale: int, case: Case) -> dict[str, Tensor]:
    level = {"low_res_log_snr": torch.tensor([case.low_res_log_snr])}
    height, width = case.height // scale, case.width // scale
    if kind == "ssr":
        return level | {"low_res": 0.5 * case.noise(Purpose.AUGMENTATION, case.frames, height, width)}
    real = 0.5 * case.noise(Purpose.AUGMENTATION, case.frames // TEMPORAL_FACTOR, height, width)
    low_res, known = spread_frames(real, TEMPORAL_FACTOR, "repeat")
    return level | {"low_res": low_res, "low_res_known": known}


def initial_states(network: Network, height: int, width: int) -> dict[str, Tensor]:
    """Zeros for every causal state of a window of that size."""
    shapes = network.state_shapes() if isinstance(network, SuperResolutionNetwork) else []
    return {f"state_{i}": torch.zeros(2, c, height // cell, width // cell) for i, (c, cell) in enumerate(shapes)}


def arrays(inputs: dict[str, Tensor]) -> dict[str, np.ndarray]:
    """As ONNX Runtime takes them."""
    return {name: np.ascontiguousarray(value.numpy()) for name, value in inputs.items()}
