"""Clips from checkpoints, stage after stage, through the torch reference of a stage (``video_diffusion.stage``).

A rung is a stage with a network and the settings it is to be sampled with: a distilled checkpoint says in its header
how, an undistilled one is sampled with the starter pack's defaults. Every clip is kept in a folder named by the
checkpoints that made it, so an interrupted evaluation goes on. The last stage draws only the frames that are looked at,
each at the end of a short window, because whole clips at 768×1280 do not fit in memory; its mixing in time is causal.
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..export.starter_stages import stage_export
from ..guidance import Constant
from ..networks.ladder import LADDERS, Network, Stage
from ..papercut.shards import FRAMES
from ..stage import StageInputs, StageSettings, run_stage
from ..train.batch import Prompts
from ..train.checkpoint import load_network, read_header, small_checkpoint

# Frames of the last stage's windows: the one looked at and those before it.
_WINDOW = 4
_WINDOWED_HEIGHT = 768


@dataclass(frozen=True)
class Rung:
    """A stage, its network and settings; ``fingerprint`` names checkpoint and settings, ``sha256`` and ``header`` are
    the file's."""

    stage: Stage
    network: Network
    settings: StageSettings
    fingerprint: str
    sha256: str
    header: dict[str, str]


def settings_of(stage: Stage, network: Network, header: dict[str, str]) -> StageSettings:
    """How a checkpoint is sampled: as its header says if it was distilled, else with the starter pack's defaults."""
    return stage_export(stage, network, header).settings()


def with_weight(rung: Rung, weight: float) -> Rung:
    """The same rung at another constant guidance weight."""
    return with_settings(rung, replace(rung.settings, curve=Constant(weight)))


def with_settings(rung: Rung, settings: StageSettings) -> Rung:
    """The same rung, sampled otherwise."""
    return replace(rung, settings=settings, fingerprint=_fingerprint(rung.fingerprint[:12], settings))


def _fingerprint(file: str, settings: StageSettings) -> str:
    return f"{file}-{hashlib.sha256(repr(settings).encode()).hexdigest()[:8]}"


def load_rung(stage: Stage, path: Path) -> Rung:
    """A rung from a small checkpoint."""
    network, header = load_network(path), read_header(path)
    settings = settings_of(stage, network, header)
    file = hashlib.sha256(path.read_bytes()).hexdigest()
    return Rung(stage, network, settings, _fingerprint(file[:12], settings), file, header)


def load_rungs(folder: Path, ladder: str = "small", distilled: bool = True) -> list[Rung]:
    """The rungs whose checkpoints are in ``folder``, distilled ones first if they may be."""
    paths = {stage: small_checkpoint(folder, stage.id, distilled) for stage in LADDERS[ladder]}
    return [load_rung(stage, path) for stage, path in paths.items() if path is not None]


def without_gap(rungs: Sequence[Rung]) -> list[Rung]:
    """The rungs that one can climb: from the base as far up as none is missing."""
    ids = [stage.id for stage in LADDERS["small"]]
    return [rung for i, rung in enumerate(rungs) if [r.stage.id for r in rungs[: i + 1]] == ids[: i + 1]]


class OutOfTime(Exception):
    """A clip is still to be made and there is no time for it; those made are kept."""


class Cascade:
    """Makes clips and keeps them in ``folder``; none are begun after ``deadline`` (``time.monotonic`` seconds)."""

    def __init__(self, rungs: Sequence[Rung], folder: Path, prompts: Prompts, deadline: float = float("inf")) -> None:
        self.rungs, self.folder, self.prompts, self.deadline = list(rungs), folder, prompts, deadline

    def clip(self, text: str, seed: int, level: int = 0) -> Tensor:
        """The clip of a prompt and seed as the stage ``level`` leaves it, uint8 ``[F, H, W, 3]``.

        Throws OutOfTime past the deadline.
        """
        path = self._path(text, seed, level)
        if path.exists():
            return torch.from_numpy(np.load(path))
        low_res = self.clip(text, seed, level - 1) if level else None
        if time.monotonic() > self.deadline:
            raise OutOfTime
        clip = enlarged(self.rungs[level], self.prompts, text, seed, low_res)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".tmp")
        with partial.open("wb") as file:
            np.save(file, clip.numpy())
        partial.replace(path)
        return clip

    def _path(self, text: str, seed: int, level: int) -> Path:
        made_by = "-".join(rung.fingerprint for rung in self.rungs[: level + 1])
        name = hashlib.sha256(f"{made_by}/{text}/{seed}".encode()).hexdigest()[:24]
        return self.folder / self.rungs[level].stage.id / f"{name}.npy"


def enlarged(rung: Rung, prompts: Prompts, text: str, seed: int, low_res: Tensor | None) -> Tensor:
    """One stage's clip from the frames of the stage before (None for the base)."""
    stage = rung.stage
    if stage.height < _WINDOWED_HEIGHT:
        return run_stage(rung.network, rung.settings, inputs_of(stage, prompts, text, seed, stage.frames, low_res))
    assert low_res is not None
    frames = []
    for frame in range(0, len(low_res), len(low_res) // FRAMES):
        window = low_res[max(0, frame + 1 - _WINDOW) : frame + 1]
        inputs = inputs_of(stage, prompts, text, seed, len(window), window)
        frames.append(run_stage(rung.network, rung.settings, inputs)[-1])
    return torch.stack(frames)


def inputs_of(
    stage: Stage, prompts: Prompts, text: str, seed: int, frames: int, low_res: Tensor | None = None
) -> StageInputs:
    """A stage's inputs for one prompt that holds for all frames; sizes follow the input where there is one."""
    features, mask = prompts.encode([text])
    height, width = stage.height, stage.width
    if low_res is not None and stage.kind == "ssr":
        scale = stage.network.scale
        height, width = low_res.shape[1] * scale, low_res.shape[2] * scale
    elif low_res is not None:
        height, width = low_res.shape[1:3]
    return StageInputs(
        seed, stage.id, frames, height, width, features, mask, torch.zeros(frames, dtype=torch.long), low_res
    )
