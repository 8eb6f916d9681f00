"""Networks as ONNX graphs with the inputs and outputs of docs/pack-format.md, opset 18, float32.

The tracing exporter is used: for these networks it makes plain Conv, MatMul and element-wise nodes with few Shape
nodes, which ONNX Runtime fuses into its blocked layout. Frames and prompts are dynamic; height and width are where no
network part is bound to a grid.
"""

import warnings
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from video_diffusion.export.case import Case, case_inputs
from video_diffusion.export.half_precision import halve
from video_diffusion.export.tidy import tidy
from video_diffusion.networks.base import BaseNetwork
from video_diffusion.networks.inputs import Inputs
from video_diffusion.networks.ladder import Network

OPSET = 18
FRAME_AXES = {0: "frames"}
FULL_SIZE = {2: "height", 3: "width"}


class Denoiser(nn.Module):
    """A network's `denoise` with positional inputs in graph order and states flattened into inputs and outputs."""

    def __init__(self, network: Network, names: list[str]) -> None:
        super().__init__()
        self.network, self.names = network, names

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        named = dict(zip(self.names, inputs, strict=True))
        states = [named.pop(name) for name in self.names if name.startswith("state_")]
        if isinstance(self.network, BaseNetwork):
            return (self.network.denoise(Inputs(**named)),)
        prediction, next_states = self.network.denoise(Inputs(**named, states=states))
        return prediction, *(state for state in next_states if state is not None)


def is_bound_to_grid(network: Network) -> bool:
    """Whether height and width are fixed: positions are learned per pixel, or pixels attend to each other."""
    return isinstance(network, BaseNetwork) or network.config.self_attention


def export_denoiser(network: Network, path: Path, example: Case, max_tokens: int, half: bool = False) -> int:
    """Writes the graph, traced on `example`, whose frames and prompts do not bind it; `half` stores float16 weights.

    Returns its size in bytes with float32 weights.
    """
    text = torch.zeros(2, max_tokens, network.config.text_width)
    inputs = case_inputs(network, example, text, torch.ones(2, max_tokens))
    outputs = ["prediction"] + [f"next_{name}" for name in inputs if name.startswith("state_")]
    axes = _dynamic_axes([*inputs, *outputs], is_bound_to_grid(network))
    _export(Denoiser(network, list(inputs)), inputs, outputs, axes, path)
    return _store(path, half)


def export_text(encoder: nn.Module, path: Path, max_tokens: int, half: bool = False) -> int:
    """Writes the text graph: `token_ids`, `token_mask` `[P, N]` to `text` `[P, N, D]`; size as `export_denoiser`."""
    inputs = {"token_ids": torch.ones(2, max_tokens, dtype=torch.int64), "token_mask": torch.ones(2, max_tokens)}
    axes = {name: {0: "prompts"} for name in (*inputs, "text")}
    _export(encoder, inputs, ["text"], axes, path)
    return _store(path, half)


def _dynamic_axes(names: list[str], bound: bool) -> dict[str, dict[int, str]]:
    axes: dict[str, dict[int, str]] = {}
    for name in names:
        if name in ("text", "text_mask"):
            axes[name] = {0: "prompts"}
        elif name in ("text_of_frame", "low_res_known"):
            axes[name] = FRAME_AXES
        elif name in ("z_t", "given", "given_mask", "prediction"):
            axes[name] = FRAME_AXES | ({} if bound else FULL_SIZE)
        elif name == "low_res":
            axes[name] = FRAME_AXES | ({} if bound else {2: "low_height", 3: "low_width"})
        elif "state_" in name:
            axes[name] = {2: f"{name}_height", 3: f"{name}_width"}
    return axes


def _export(
    module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], axes: dict[str, dict[int, str]], path: Path
) -> None:
    with torch.no_grad(), warnings.catch_warnings():
        # The tracing exporter announces its successor, and warns about the branch on the number of frames.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _store(path: Path, half: bool) -> int:
    model = tidy(onnx.load(path))
    full = model.ByteSize()
    onnx.save(halve(model) if half else model, path)
    return full
