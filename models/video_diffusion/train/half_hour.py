"""Half an hour on one large GPU: renders data on all cores, trains every stage for its share, leaves small files.

Goes on from whatever is there: full checkpoints in the work folder, else the committed small ones, else nothing. May be
called several times with fewer minutes each (``--minutes 9``); a stage that has had its share is not trained again.
"""

import json
import multiprocessing
import multiprocessing.process
import os
import shutil
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch

from ..papercut.shards import CLIPS_PER_SHARD, existing_shards, render_shard
from .config import CONFIGS, TrainConfig
from .loop import Budget
from .run import Run, start

# The base model first: nothing above it can mend it. The rest by cost of what they show.
SHARES = {
    "base": 0.45,
    "ssr-48": 0.10,
    "tsr-6": 0.08,
    "ssr-192": 0.12,
    "tsr-12": 0.07,
    "tsr-24": 0.07,
    "ssr-768": 0.11,
}
_GPU_CLIPS = {"base": 192, "tsr-6": 64, "ssr-48": 64, "ssr-192": 32, "tsr-12": 32, "tsr-24": 32, "ssr-768": 24}
_GPU_PICTURES = {"base": 768, "ssr-48": 256, "ssr-192": 96, "ssr-768": 48}
_SECONDS = 30 * 60
# Less is not worth starting for.
_SHORTEST = 5.0
_LARGEST_FILE = 16 * 1024 * 1024


def gpu_config(stage: str) -> TrainConfig:
    """A stage's recipe for a large GPU: larger batches at a higher rate, a longer average."""
    config = CONFIGS[stage]
    return replace(config, clips=_GPU_CLIPS[stage], pictures=_GPU_PICTURES.get(stage, 1), rate=1.2e-3, ema=0.999)


@dataclass(frozen=True)
class HalfHour:
    """Where things are: ``work`` holds data and full checkpoints, ``committed`` the small checkpoints to start from,
    ``out`` receives what is left behind · ``clips`` to render for the base model · ``cores`` to use."""

    out: Path
    work: Path
    committed: Path
    device: str
    ladder: str
    clips: int
    cores: int = max(1, (os.cpu_count() or 1) - 1)

    @property
    def runs(self) -> Path:
        """Full checkpoints and logs of this ladder."""
        return self.work / f"gpu-{self.ladder}"

    def train(self, minutes: float) -> None:
        """Trains every stage that has not had its share, for ``minutes`` in all."""
        deadline = time.monotonic() + 60 * minutes
        self.runs.mkdir(parents=True, exist_ok=True)
        renderers = self._start_rendering()
        try:
            while not existing_shards(self.work / "data"):
                time.sleep(0.5)
            for stage in SHARES:
                goes_on = self._train_stage(stage, deadline)
                leave(self.runs, self.out)
                if not goes_on:
                    break
        finally:
            for renderer in renderers:
                renderer.terminate()
                renderer.join()

    def _start_rendering(self) -> list[multiprocessing.process.BaseProcess]:
        context = multiprocessing.get_context("spawn")
        folder = self.work / "data"
        renderers = [
            context.Process(target=render_some, args=(folder, self.clips, i, self.cores)) for i in range(self.cores)
        ]
        for renderer in renderers:
            renderer.start()
        return renderers

    def _train_stage(self, stage: str, deadline: float) -> bool:
        """Trains one stage for what is left of its share and of the time; False if it was interrupted."""
        share, spent = SHARES[stage] * _SECONDS, self._spent().get(stage, 0.0)
        left = min(share - spent, deadline - time.monotonic())
        if left < _SHORTEST:
            return True
        small = self.committed / f"{stage}.safetensors"
        init = small if self.ladder == "small" and small.exists() else None
        config = gpu_config(stage)
        if init is not None:
            config = replace(config, picture_steps=0)
        begin = time.monotonic()
        decay_share = 0.25 if spent + left >= share - _SHORTEST else 0.0
        run = Run(
            config,
            Budget(left, decay_share, save_seconds=60),
            self.runs,
            self.work / "data",
            self.ladder,
            init=init,
            device=self.device,
            drawers=self.cores,
        )
        goes_on = start(run)
        seconds = self._spent() | {stage: spent + time.monotonic() - begin}
        (self.runs / "spent.json").write_text(json.dumps(seconds))
        return goes_on

    def _spent(self) -> dict[str, float]:
        """Seconds that each stage has been trained by earlier calls."""
        path = self.runs / "spent.json"
        return json.loads(path.read_text()) if path.exists() else {}


def render_some(folder: Path, clips: int, first: int, stride: int) -> None:
    """Renders every ``stride``-th of the base model's shards, from the ``first``."""
    torch.set_num_threads(1)
    for index in range(first, -(-clips // CLIPS_PER_SHARD), stride):
        render_shard(folder, index)


def leave(runs: Path, out: Path) -> None:
    """Copies small checkpoints and logs to ``out``; what is larger than 16 MiB is cut into parts to be concatenated."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted([*runs.glob("*.safetensors"), *runs.glob("*.jsonl"), *runs.glob("spent.json")]):
        if path.stat().st_size <= _LARGEST_FILE:
            shutil.copyfile(path, out / path.name)
            continue
        with path.open("rb") as file:
            for part, piece in enumerate(iter(partial(file.read, _LARGEST_FILE), b"")):
                (out / f"{path.name}.part{part:02d}").write_bytes(piece)
