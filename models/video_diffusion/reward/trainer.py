"""The trainer of all stages with a second gradient: that of a judge's verdict on clips drawn from the network.

    g = g_leash + g_reward · min(1, c / |g_reward|)

The bound c keeps one clip that the judge hates from deciding a step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ..evaluate.oracle_networks import Oracle
from ..evaluate.world import FACTORS
from ..samplers import SamplerChoice
from ..schedules import CosineSchedule, noise_levels
from ..train.batch import Batch, Prompts
from ..train.loop import Trainer
from .asked import Asked, ask
from .chain import draw_clips
from .verdict import Verdict, judge


@dataclass(frozen=True)
class RewardConfig:
    """``drawn`` clips are drawn per step and process, ``at_once`` of them together, until ``clips`` of them show
    something else than was asked for; those are sent back · the reward's gradient is at most ``most_norm`` long ·
    ``periodic_weight``, ``most_guidance``: of the prompts (``asked``)."""

    clips: int = 3
    drawn: int = 12
    at_once: int = 4
    most_norm: float = 0.2
    periodic_weight: float = 2.0
    most_guidance: float = 3.0


@dataclass(frozen=True)
class Rewarding:
    """A judge, and how the network it judges is sampled."""

    oracle: Oracle
    prompts: Prompts
    config: RewardConfig
    sampler: SamplerChoice
    schedule: CosineSchedule
    steps: int


class RewardTrainer(Trainer):
    """A trainer whose batches are a leash (``leash``), with the verdict's gradient beside."""

    def __init__(self, rewarding: Rewarding, *usual: Any) -> None:
        """``usual`` is what any trainer takes (``Trainer``)."""
        super().__init__(*usual)
        self.rewarding = rewarding

    def backward(self, batch: Batch, pictures: bool) -> tuple[Tensor, Tensor]:
        """Gradients of the leash and of the verdict together; returns the leash's loss and errors."""
        leash = super().backward(batch, pictures)
        parameters = [p for p in self.network.parameters() if p.requires_grad]
        total = [torch.zeros_like(p) for p in parameters]
        for asked in self._failed():
            share = len(asked.seeds) / self.rewarding.config.clips
            loss = self._verdict(asked).loss * share
            for sum_, gradient in zip(total, torch.autograd.grad(loss, parameters), strict=True):
                sum_ += gradient
        norm = torch.linalg.vector_norm(torch.stack([g.norm() for g in total])).item()
        factor = min(1.0, self.rewarding.config.most_norm / max(norm, 1e-12))
        self.noticed.append({"reward_norm": norm})
        for parameter, gradient in zip(parameters, total, strict=True):
            parameter.grad = gradient * factor if parameter.grad is None else parameter.grad + gradient * factor
        return leash

    def _failed(self) -> Iterator[Asked]:
        """Prompts of this step and process whose clips show something else, as found: at most ``clips`` in all."""
        config, crew = self.rewarding.config, self.machine.crew
        found = 0
        for drawn in range(0, config.drawn, config.at_once):
            number = (self.step * crew.size + crew.rank) * config.drawn + drawn
            asked = ask(self.rewarding.prompts, config.at_once, number, config.periodic_weight, config.most_guidance)
            asked = asked.to(self.machine.device)
            with torch.no_grad():
                verdict = self._verdict(asked)
            self._notice(verdict)
            wrong = verdict.wrong[: config.clips - found]
            found += len(wrong)
            if wrong:
                yield asked.only(wrong)
            if found == config.clips:
                return

    def _verdict(self, asked: Asked) -> Verdict:
        of = self.rewarding
        generator = torch.Generator().manual_seed(asked.seeds[0])
        clips = draw_clips(self.network, of.sampler, noise_levels(of.schedule, of.steps), asked.inputs, asked.seeds)
        return judge(of.oracle, clips, asked.labels, generator)

    def _notice(self, verdict: Verdict) -> None:
        named = verdict.right.float().mean(0).tolist()
        rates = {f"right {factor}": rate for factor, rate in zip(FACTORS, named, strict=True)}
        right = 1 - len(verdict.wrong) / len(verdict.right)
        self.noticed.append({"reward_loss": verdict.loss.item(), **rates, "right": right})
