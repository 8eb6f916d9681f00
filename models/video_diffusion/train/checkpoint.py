"""What is kept of a run: everything, to go on as if nothing had happened; and the averaged weights, small, to ship.

A full checkpoint (weights, average, optimiser, step) stays in the work folder. A small one is the average in float16
(an eighth of bfloat16's rounding at the same size) with the network's configuration in its header; a run started from
it needs a new warm-up but no other file. Both are written to a temporary name and moved, so a kill leaves the old one.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from ..networks.base import BaseConfig
from ..networks.ladder import Network, NetworkConfig, build
from ..networks.super_resolution_blocks import SuperResolutionConfig


class State(TypedDict):
    """A full checkpoint."""

    weights: dict[str, Tensor]
    average: dict[str, Tensor]
    optimiser: dict[str, object]
    step: int
    seconds: float


def save_state(path: Path, state: State) -> None:
    """Writes a full checkpoint."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".tmp")
    torch.save(state, partial)
    partial.replace(path)


def load_state(path: Path) -> State:
    """Reads a full checkpoint onto the CPU."""
    return torch.load(path, map_location="cpu", weights_only=True)


def save_small(
    path: Path,
    average: dict[str, Tensor],
    config: NetworkConfig,
    step: int,
    seconds: float,
    about: dict[str, str] | None = None,
) -> None:
    """Writes the averaged weights in float16, with configuration, steps and seconds of training in the header.

    ``about`` adds entries to the header, such as what a distilled network was distilled for.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".tmp")
    header = {
        "network": type(config).__name__,
        "config": json.dumps(asdict(config)),
        "step": str(step),
        "seconds": str(round(seconds)),
        **(about or {}),
    }
    weights = {name: value.detach().to("cpu", torch.float16).contiguous() for name, value in average.items()}
    save_file(weights, partial, header)
    partial.replace(path)


def small_checkpoint(folder: Path, stage: str, distilled: bool = True) -> Path | None:
    """The small checkpoint of a stage in ``folder``: the distilled one where there is one and it may be."""
    places = [folder / "distilled", folder] if distilled else [folder]
    return next((path for place in places if (path := place / f"{stage}.safetensors").exists()), None)


def read_header(path: Path) -> dict[str, str]:
    """The header of a small checkpoint, without its weights."""
    with safe_open(path, "pt") as file:
        return dict(file.metadata())


def load_small(path: Path) -> tuple[dict[str, Tensor], NetworkConfig, int, float]:
    """Averaged weights in float32, their network's configuration, and how many steps and seconds they were trained."""
    with safe_open(path, "pt") as file:
        header = file.metadata()
        weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 (not a dict)
    fields = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(header["config"]).items()
    }
    kind = {"BaseConfig": BaseConfig, "SuperResolutionConfig": SuperResolutionConfig}[header["network"]]
    return weights, kind(**fields), int(header["step"]), float(header["seconds"])


def load_network(path: Path) -> Network:
    """The network of a small checkpoint, ready for inference. Throws ValueError if the network has changed since."""
    weights, config, _, _ = load_small(path)
    network = build(config)
    missing, unexpected = network.load_state_dict(weights, strict=False)
    if missing or unexpected:
        raise ValueError(
            f"{path} was made for another form of {type(config).__name__}: it lacks {missing or 'nothing'} and has "
            f"{unexpected or 'nothing'} besides. Train the stage again, or take the checkpoint of this version."
        )
    return network.eval().requires_grad_(False)
