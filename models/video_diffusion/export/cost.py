"""What a graph costs: floating-point operations and working memory of one more frame.

FLOPs are counted by torch's FlopCounter (2 per multiply-add). Memory is read from the graph: with sizes filled in,
every tensor has a known lifetime; the peak of the living ones, times what ONNX Runtime was measured to need on top,
gives a run's working memory, and the difference between two frame counts is the cost of a frame. The same graph gives
the same figure on every machine.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from torch.utils.flop_counter import FlopCounterMode

from video_diffusion.export.case import Case, case_inputs
from video_diffusion.export.graph import Denoiser
from video_diffusion.networks.ladder import Network

# Growth of the resident set over the living tensors, with the arena, for the seven stages of the small ladder at full
# size: 1.6 to 2.1 (ONNX Runtime 1.30, CPU). It copies into and out of its blocked layout and rounds allocations up.
RUNTIME_FACTOR = 2.0


def flops_per_frame(network: Network, case: Case, max_tokens: int) -> float:
    """FLOPs of one evaluation of `case`, divided by its frames; convolutions and matrix products only."""
    prompts = max(case.text_of_frame) + 1
    text = torch.zeros(prompts, max_tokens, network.config.text_width)
    inputs = case_inputs(network, case, text, torch.ones(prompts, max_tokens))
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        Denoiser(network, list(inputs))(*inputs.values())
    return counter.get_total_flops() / case.frames


def bytes_per_frame(graph: Path, few: dict[str, np.ndarray], many: dict[str, np.ndarray]) -> float:
    """Working memory of one more frame in ONNX Runtime, from the peaks at two runs' inputs."""
    frames = [len(inputs["text_of_frame"]) for inputs in (few, many)]
    return RUNTIME_FACTOR * (peak_bytes(graph, many) - peak_bytes(graph, few)) / (frames[1] - frames[0])


def peak_bytes(graph: Path, inputs: dict[str, np.ndarray]) -> int:
    """Most bytes of tensors alive at once, weights not counted, for inputs of these shapes and values."""
    model = onnx.load(graph)
    for value in model.graph.input:
        for axis, size in zip(value.type.tensor_type.shape.dim, inputs[value.name].shape, strict=True):
            axis.dim_value = size
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    sizes = {value.name: _bytes(value) for value in (*model.graph.value_info, *model.graph.output)}
    last_use = {name: i for i, node in enumerate(model.graph.node) for name in node.input}
    last_use |= {value.name: len(model.graph.node) for value in model.graph.output}
    alive = peak = 0
    for i, node in enumerate(model.graph.node):
        alive += sum(sizes.get(name, 0) for name in node.output)
        peak = max(peak, alive)
        alive -= sum(sizes.get(name, 0) for name in {*node.input, *node.output} if last_use.get(name, i) == i)
    return peak


def _bytes(value: onnx.ValueInfoProto) -> int:
    tensor = value.type.tensor_type
    item = onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type).itemsize
    return item * int(np.prod([axis.dim_value for axis in tensor.shape.dim]))
