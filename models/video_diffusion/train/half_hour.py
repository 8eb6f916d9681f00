"""Half an hour on one large GPU: renders data on all cores, trains every stage for its share, leaves small files.

Goes on from whatever is there: full checkpoints in the work folder, else the committed small ones, else nothing. May be
called several times with fewer minutes each (``--minutes 9``); a stage that has had its share is not trained again.
"""

import json
import multiprocessing
import os
import shutil
import time
from dataclasses import replace
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
_LARGEST_FILE = 16 * 1024 * 1024


def gpu_config(stage: str) -> TrainConfig:
    """A stage's recipe for a large GPU: larger batches at a higher rate, a longer average."""
    config = CONFIGS[stage]
    return replace(config, clips=_GPU_CLIPS[stage], pictures=_GPU_PICTURES.get(stage, 1), rate=1.2e-3, ema=0.999)


def half_hour(out: Path, work: Path, committed: Path, minutes: float, device: str, ladder: str, clips: int) -> None:
    """Trains for ``minutes`` and leaves checkpoints and logs in ``out``."""
    deadline = time.monotonic() + 60 * minutes
    cores = max(1, (os.cpu_count() or 1) - 1)
    runs = work / f"gpu-{ladder}"
    runs.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    renderers = [context.Process(target=render_some, args=(work / "data", clips, i, cores)) for i in range(cores)]
    for renderer in renderers:
        renderer.start()
    try:
        while not existing_shards(work / "data"):
            time.sleep(0.5)
        for stage, share in SHARES.items():
            goes_on = _train_stage(
                stage, share * 30 * 60, runs, work / "data", committed, device, ladder, cores, deadline
            )
            leave(runs, out)
            if not goes_on:
                break
    finally:
        for renderer in renderers:
            renderer.terminate()
            renderer.join()


def render_some(folder: Path, clips: int, first: int, stride: int) -> None:
    """Renders every ``stride``-th of the base model's shards, from the ``first``."""
    torch.set_num_threads(1)
    for index in range(first, -(-clips // CLIPS_PER_SHARD), stride):
        render_shard(folder, index)


def _train_stage(
    stage: str,
    seconds: float,
    runs: Path,
    data: Path,
    committed: Path,
    device: str,
    ladder: str,
    cores: int,
    deadline: float,
) -> bool:
    left = min(seconds - seconds_spent(runs, stage), deadline - time.monotonic())
    if left < 5:
        return True
    small = committed / f"{stage}.safetensors"
    init = small if ladder == "small" and small.exists() else None
    config = gpu_config(stage)
    if init is not None:
        config = replace(config, picture_steps=0)
    begin = time.monotonic()
    ends = seconds_spent(runs, stage) + left >= seconds - 5
    budget = Budget(left, decay_share=0.25 if ends else 0.0, save_seconds=60)
    goes_on = start(Run(config, budget, runs, data, ladder, init=init, device=device, drawers=cores))
    _write_spent(runs, stage, seconds_spent(runs, stage) + time.monotonic() - begin)
    return goes_on


def seconds_spent(runs: Path, stage: str) -> float:
    """How long this stage has been trained by earlier calls."""
    path = runs / "spent.json"
    return json.loads(path.read_text()).get(stage, 0.0) if path.exists() else 0.0


def _write_spent(runs: Path, stage: str, seconds: float) -> None:
    path = runs / "spent.json"
    spent = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(spent | {stage: seconds}))


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
