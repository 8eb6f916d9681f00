"""Torch against the exported graph: the same clip through the same sampler, once with each.

A pack's graph stands in for the network in the torch reference of a stage, so everything but the network is the same.
Differences are counted in 8-bit frames, after all steps. Does not check graphs node by node (``export.parity`` does).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor

from ..networks.inputs import Inputs
from ..papercut.scene import Scene
from ..stage import run_stage
from .cascade import Cascade, inputs_of
from .signal import psnr
from .world import prompt_of


class GraphDenoiser:
    """A base model's graph with the interface that ``run_stage`` calls."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.names = [graph_input.name for graph_input in self.session.get_inputs()]

    def denoise(self, inputs: Inputs) -> tuple[Tensor]:
        """One evaluation, ``prediction [F, 3, H, W]``."""
        fed = {name: _array(getattr(inputs, name)) for name in self.names}
        return (torch.from_numpy(self.session.run(["prediction"], fed)[0]),)


def _array(value: Tensor) -> np.ndarray:
    return value.numpy() if value.dtype == torch.int64 else value.float().numpy()


def torch_and_exported(cascade: Cascade, graph: Path, scenes: Sequence[Scene]) -> dict[str, object]:
    """How far base clips of the graph are from torch's: PSNR, largest and mean difference, in 1/255."""
    rung, denoiser = cascade.rungs[0], GraphDenoiser(graph)
    psnrs, largest, mean = [], 0, 0.0
    for seed, scene in enumerate(scenes):
        text = prompt_of(scene)
        inputs = inputs_of(rung.stage, cascade.prompts, text, seed, rung.stage.frames)
        theirs = run_stage(denoiser, rung.settings, inputs)
        ours = cascade.clip(text, seed)
        difference = (theirs.int() - ours.int()).abs()
        psnrs.append(psnr(theirs, ours))
        largest, mean = max(largest, int(difference.max())), mean + difference.double().mean().item() / len(scenes)
    return {
        "clips": len(scenes),
        "least psnr": round(min(psnrs), 2),
        "largest difference": largest,
        "mean difference": round(mean, 5),
    }
