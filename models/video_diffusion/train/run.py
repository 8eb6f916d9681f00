"""A run: one stage, its recipe, its machine and its time; and the building of everything from that."""

import copy
import signal
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
import torch.multiprocessing
from torch import Tensor

from ..networks.base import BaseConfig, BaseNetwork
from ..networks.growth import grown
from ..networks.ladder import LADDERS, Network, Stage, build
from ..precision import fast_bfloat16
from .allocator import keep_freed_memory
from .base_batches import BaseBatches
from .batch import Prompts
from .checkpoint import load_small
from .config import TrainConfig
from .crew import Crew
from .drafts import Drafts, drafts_folder
from .loop import Batches, Budget, Machine, Trainer
from .margin import DirectionMargin
from .prefetch import Prefetch
from .super_resolution_batches import SuperResolutionBatches


@dataclass(frozen=True)
class Run:
    """``config`` says sizes of whole batches, shared among ``processes`` · ``data`` holds the base model's shards ·
    ``resume`` goes on from the full checkpoint in ``out``, else ``init`` is a small one to start from · ``drawers`` are
    processes that draw batches ahead (0: the training process draws)."""

    config: TrainConfig
    budget: Budget
    out: Path
    data: Path
    ladder: str = "small"
    resume: bool = True
    init: Path | None = None
    device: str = "cpu"
    threads: int = 1
    processes: int = 1
    port: int = 29511
    compile: bool = False
    drawers: int = 0


def start(run: Run) -> bool:
    """Trains in this process, or in a crew of processes; False if this process was asked to stop before its time."""
    if run.processes == 1:
        return work(0, run)
    torch.multiprocessing.spawn(work, (run,), nprocs=run.processes)
    return True


def work(rank: int, run: Run) -> bool:
    """Builds the stage and trains it, as one of the crew; False if it was asked to stop before its time."""
    torch.set_num_threads(run.threads)
    keep_freed_memory()
    crew = Crew(rank, run.processes)
    crew.join(run.port)
    config = run.config.share_of(crew.size)
    torch.manual_seed(config.seed)
    stage = next(stage for stage in LADDERS[run.ladder] if stage.id == config.stage)
    machine = Machine(torch.device(run.device), bfloat16=fast_bfloat16(run.device), compile=run.compile, crew=crew)
    make = partial(make_batches, stage, config, run.data)
    batches = Prefetch(make, run.drawers, config.pictures_at) if run.drawers else make()
    trainer = Trainer(config, build(stage.network), batches, machine, run.out)
    if not (run.resume and trainer.resume()) and run.init is not None:
        trainer.start_from(*_initial(run.init, trainer.network))
    stop_on_signals(trainer)
    margin = DirectionMargin(Prompts()) if stage.kind == "base" and rank == 0 else None
    trainer.train(run.budget, partial(_measure, margin))
    if isinstance(batches, Prefetch):
        batches.close()
    crew.leave()
    return not trainer.stopping


def _initial(path: Path, network: Network) -> tuple[dict[str, Tensor], int, float]:
    """Weights, steps and seconds of a small checkpoint; of a smaller base model too, which grows."""
    weights, config, step, seconds = load_small(path)
    if isinstance(network, BaseNetwork) and isinstance(config, BaseConfig) and config != network.config:
        weights = grown(weights, BaseNetwork(config), network)
    return weights, step, seconds


def stop_on_signals(trainer: Trainer) -> None:
    """An interrupted run finishes its step, saves and ends; so does a crew whose parent dies."""

    def stop(*_: object) -> None:
        trainer.stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def make_batches(stage: Stage, config: TrainConfig, data: Path) -> Batches:
    """The source of batches of a stage."""
    if stage.kind == "base":
        return BaseBatches(data, config, Prompts())
    drafts = Drafts(drafts_folder(data, stage.id)) if config.draft_share else None
    return SuperResolutionBatches(stage, config, Prompts(), drafts=drafts)


def _measure(margin: DirectionMargin | None, trainer: Trainer) -> dict[str, object]:
    if margin is None:
        return {}
    averaged = copy.deepcopy(trainer.network)
    averaged.load_state_dict(trainer.average)
    return margin.measure(averaged.eval(), trainer.machine.device, trainer.machine.bfloat16)
