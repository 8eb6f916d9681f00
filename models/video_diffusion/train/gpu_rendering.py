"""Renders what the phases still to come will be trained on, on all cores, in the order in which they need it.

Every process takes every n-th job of one list, so they share it without talking. Killed and started again, they go on
where files are missing.
"""

import multiprocessing
import multiprocessing.process
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from ..networks.ladder import LADDERS
from ..papercut.shards import render_shard
from .films import REELS, render_films
from .gpu_plan import Phase

# Shards of 512 clips with which the base model can begin; the rest come while it trains.
_FIRST_SHARDS = 24
# A quarter of each stage's films before all of any: a later phase must find something even if rendering is late.
_ROUNDS = 4


@dataclass(frozen=True)
class Job:
    """One shard of one stage."""

    stage: str
    shard: int


def jobs(phases: Sequence[Phase], base_shards: int, reel_share: float = 1.0) -> list[Job]:
    """What the phases that are left need, most urgent first; ``reel_share`` makes fewer films."""
    stages = list(dict.fromkeys(phase.stage for phase in phases if phase.stage))
    base = [Job("base", i) for i in range(base_shards)] if "base" in stages else []
    films = [stage for stage in stages if stage != "base"]
    planned: list[Job] = base[:_FIRST_SHARDS]
    rest = base[_FIRST_SHARDS:]
    for turn in range(_ROUNDS):
        planned += rest[turn * len(rest) // _ROUNDS : (turn + 1) * len(rest) // _ROUNDS]
        for stage in films:
            shards = max(1, round(reel_share * REELS[stage].shards))
            planned += [Job(stage, i) for i in range(turn * shards // _ROUNDS, (turn + 1) * shards // _ROUNDS)]
    return planned


def render_job(folder: Path, job: Job) -> None:
    """Renders one shard unless it exists."""
    if job.stage == "base":
        render_shard(folder, job.shard)
    else:
        render_films(folder, next(stage for stage in LADDERS["small"] if stage.id == job.stage), job.shard)


class Renderers:
    """Processes that render until they are done or closed."""

    def __init__(self, folder: Path, planned: Sequence[Job], processes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._processes: list[multiprocessing.process.BaseProcess] = [
            context.Process(target=_render_some, args=(folder, list(planned[i::processes])), daemon=True)
            for i in range(processes)
        ]
        for process in self._processes:
            process.start()

    def close(self) -> None:
        """Ends them; half-written shards stay temporary files that nobody reads."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()

    def failed(self) -> bool:
        """Whether one ended otherwise than by being done."""
        return any(process.exitcode not in (None, 0) for process in self._processes)


def _render_some(folder: Path, planned: Sequence[Job]) -> None:
    torch.set_num_threads(1)
    for job in planned:
        render_job(folder, job)
