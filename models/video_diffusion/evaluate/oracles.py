"""Judging clips with a trained oracle: which value it names for every factor, and how sure one may be of that.

An answer *unclear* is never right. Knows the oracles' files and how to ask them; does not know what made the clips.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from safetensors import safe_open
from torch import Tensor

from ..papercut.motion import subject_track
from ..papercut.render import clip_times
from ..papercut.shards import FRAMES
from .corruptions import REFUSALS, Clip
from .oracle_networks import ORACLES, Oracle
from .world import FACTORS, ORACLE_VALIDATION_SEEDS, UNCLEAR, labels_of, oracle_input, steady_scenes, true_clip

_BATCH = 64


def oracle_path(checkpoints: Path, which: str) -> Path:
    """Where the oracle lies."""
    return checkpoints / f"oracle-{which}.safetensors"


@dataclass(frozen=True)
class Training:
    """What an oracle's file says of it: steps and seconds of training, its own accuracy on true and spoilt clips."""

    step: int
    seconds: float
    validation: dict[str, float]


def load_oracle(checkpoints: Path, which: str) -> tuple[Oracle, Training]:
    """A trained oracle, ready to judge. Throws FileNotFoundError where it was never trained."""
    path = oracle_path(checkpoints, which)
    if not path.exists():
        raise FileNotFoundError(
            f"There is no oracle {path}. Train it: `python -m video_diffusion.evaluate.train_oracle --which {which}`."
        )
    with safe_open(path, "pt") as file:
        header = file.metadata()
        weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
    oracle = ORACLES[which]()
    oracle.load_state_dict(weights)
    training = Training(int(header["step"]), float(header["seconds"]), json.loads(header["validation"]))
    return oracle.eval().requires_grad_(False), training


@torch.no_grad()
def answers(oracle: Oracle, clips: Tensor) -> Tensor:
    """The named class of every factor, int64 ``[N, 7]``, for clips ``[N, 16, 3, 24, 40]``."""
    parts = [oracle(part) for part in clips.split(_BATCH)]
    return torch.cat([torch.stack([part[factor].argmax(1) for factor in FACTORS], 1) for part in parts])


@torch.no_grad()
def log_likelihood(oracle: Oracle, clips: Tensor, labels: Tensor) -> Tensor:
    """log p(labels | clip) summed over factors, ``[N, Q]``, for the ``Q`` questions ``[N, Q, 7]`` about each clip."""
    total = torch.zeros(labels.shape[:2])
    logits = [oracle(part) for part in clips.split(_BATCH)]
    for i, factor in enumerate(FACTORS):
        log_p = torch.cat([part[factor] for part in logits]).log_softmax(1)
        total += log_p.gather(1, labels[:, :, i])
    return total


@torch.no_grad()
def features(oracle: Oracle, clips: Tensor) -> Tensor:
    """What the heads see, ``[N, D]``."""
    return torch.cat([oracle.features(part) for part in clips.split(_BATCH)])


def labels_of_all(scenes: Sequence) -> Tensor:
    """Labels of many scenes, ``[N, 7]``."""
    return torch.stack([labels_of(scene) for scene in scenes])


def validate(oracle: Oracle, count: int) -> dict[str, float]:
    """How often it names true clips rightly, by factor, and how often it refuses a spoilt one (``refused``)."""
    scenes = list(islice(steady_scenes(ORACLE_VALIDATION_SEEDS, "any"), count))
    clips = torch.stack([oracle_input(true_clip(scene)) for scene in scenes])
    right = (answers(oracle, clips) == labels_of_all(scenes)).float()
    result = {factor: round(right[:, i].mean().item(), 4) for i, factor in enumerate(FACTORS)}
    result["all"] = round(right.min(1).values.mean().item(), 4)
    return result | {"refused": round(_refused(oracle, scenes, clips), 4)}


def _refused(oracle: Oracle, scenes: list, clips: Tensor) -> float:
    """The share of factors made unclear by a corruption that the oracle calls unclear."""
    rng = random.Random("refusals")
    times = clip_times(FRAMES).view(-1, 1, 1)
    known = [Clip(clip, subject_track(scene, times), scene) for clip, scene in zip(clips, scenes, strict=True)]
    spoilt, expected = [], []
    for i, clip in enumerate(known):
        frames, unclear = REFUSALS[i % len(REFUSALS)](clip, known[i - 1], rng)
        spoilt.append(frames)
        expected.append(unclear)
    named = answers(oracle, torch.stack(spoilt))
    called = [
        named[i, FACTORS.index(factor)].item() == UNCLEAR[factor]
        for i, unclear in enumerate(expected)
        for factor in unclear
    ]
    return sum(called) / max(1, len(called))
