"""Builds one stage's network, batches and trainer from the command line's choices, and trains, alone or in a crew."""

import argparse
import copy
from dataclasses import replace

import torch

from ..networks.ladder import LADDERS, build
from .base_batches import BaseBatches
from .batch import Prompts
from .checkpoint import load_small
from .config import CONFIGS
from .crew import Crew
from .loop import Budget, Machine, Trainer
from .margin import DirectionMargin
from .super_resolution_batches import SuperResolutionBatches


def work(rank: int, chosen: argparse.Namespace) -> None:
    """Builds the stage and trains it, as one of the crew."""
    torch.set_num_threads(chosen.threads)
    crew = Crew(rank, chosen.processes)
    crew.join(chosen.port)
    names = ("clips", "pictures", "picture_steps", "picture_share", "rate", "ema", "shift", "picture_shift")
    changes = {name: getattr(chosen, name) for name in names if getattr(chosen, name) is not None}
    config = replace(CONFIGS[chosen.stage], **changes)
    config = replace(config, clips=config.clips // crew.size, pictures=config.pictures // crew.size)
    torch.manual_seed(config.seed)
    stage = next(stage for stage in LADDERS[chosen.ladder] if stage.id == chosen.stage)
    prompts = Prompts()
    base = chosen.stage == "base"
    batches = BaseBatches(chosen.data, config, prompts) if base else SuperResolutionBatches(stage, config, prompts)
    machine = Machine(torch.device(chosen.device), compile=chosen.compile, crew=crew)
    trainer = Trainer(config, build(stage.network), batches, machine, chosen.out)
    if not (chosen.resume and trainer.resume()) and chosen.init:
        weights, _, step, seconds = load_small(chosen.init)
        trainer.start_from(weights, step, seconds)
    margin = DirectionMargin(prompts) if base and rank == 0 else None

    def measure(trainer: Trainer) -> dict[str, object]:
        if margin is None:
            return {}
        averaged = copy.deepcopy(trainer.network)
        averaged.load_state_dict(trainer.average)
        return margin.measure(averaged.eval(), machine.device, machine.bfloat16)

    trainer.train(Budget(60 * chosen.minutes, chosen.decay_share, chosen.save_seconds), measure)
    crew.leave()
