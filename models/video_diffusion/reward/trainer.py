"""The trainer of all stages with a second gradient: that of a jury's verdict on clips drawn from the network.

    g = g_leash + g_reward · min(1, c / |g_reward|)

The bound c keeps one clip that the jury hates from deciding a step.
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
from .critic import Critic
from .verdict import Verdict, judge


@dataclass(frozen=True)
class RewardConfig:
    """``drawn`` clips are drawn per step and process, ``at_once`` of them together, until ``clips`` of them show
    something else than was asked for; those are sent back · the reward's gradient is at most ``most_norm`` long ·
    ``periodic_weight``, ``most_guidance``: of the prompts (``asked``)."""

    clips: int = 3
    drawn: int = 8
    at_once: int = 4
    most_norm: float = 0.2
    periodic_weight: float = 4.0
    most_guidance: float = 3.0


@dataclass(frozen=True)
class Rewarding:
    """A jury, a critic if there is one, and how the network they judge is sampled."""

    jury: tuple[Oracle, ...]
    critic: Critic | None
    prompts: Prompts
    config: RewardConfig
    sampler: SamplerChoice
    schedule: CosineSchedule
    steps: int


class RewardTrainer(Trainer):
    """A trainer whose batches are a leash (``leash``), with the gradient of verdicts beside."""

    def __init__(self, rewarding: Rewarding, *usual: Any) -> None:
        """``usual`` is what any trainer takes (``Trainer``)."""
        super().__init__(*usual)
        self.rewarding = rewarding

    def backward(self, batch: Batch, pictures: bool) -> tuple[Tensor, Tensor]:
        """Gradients of the leash and of the verdicts together; returns the leash's loss and errors."""
        leash = super().backward(batch, pictures)
        parameters = [p for p in self.network.parameters() if p.requires_grad]
        total = [torch.zeros_like(p) for p in parameters]
        for asked in self._sent_back():
            share = len(asked.seeds) / self.rewarding.config.clips
            loss = self._loss(asked) * share
            for sum_, gradient in zip(total, torch.autograd.grad(loss, parameters), strict=True):
                sum_ += gradient
        norm = torch.linalg.vector_norm(torch.stack([g.norm() for g in total])).item()
        factor = min(1.0, self.rewarding.config.most_norm / max(norm, 1e-12))
        self.noticed.append({"reward_norm": norm})
        for parameter, gradient in zip(parameters, total, strict=True):
            parameter.grad = gradient * factor if parameter.grad is None else parameter.grad + gradient * factor
        if self.rewarding.critic:
            self.noticed.append({"critic_loss": self.rewarding.critic.learn()})
        return leash

    def _sent_back(self) -> Iterator[Asked]:
        """Prompts of this step and process whose clips show something else, as found: at most ``clips`` in all.

        A critic is never content, so with one the last clips drawn fill up what is missing of ``clips``.
        """
        config, crew, critic = self.rewarding.config, self.machine.crew, self.rewarding.critic
        missing = config.clips
        for drawn in range(0, config.drawn, config.at_once):
            number = (self.step * crew.size + crew.rank) * config.drawn + drawn
            asked = ask(self.rewarding.prompts, config.at_once, number, config.periodic_weight, config.most_guidance)
            asked = asked.to(self.machine.device)
            with torch.no_grad():
                clips = self._clips(asked)
                verdict = self._verdict(asked, clips)
            if critic:
                critic.remember(clips)
            self._notice(verdict)
            chosen = verdict.wrong[:missing]
            if critic and drawn + config.at_once >= config.drawn:
                chosen = (chosen + [i for i in range(config.at_once) if i not in chosen])[:missing]
            missing -= len(chosen)
            if chosen:
                yield asked.only(chosen)
            if not missing:
                return

    def _loss(self, asked: Asked) -> Tensor:
        """What the jury and the critic say against clips drawn anew, with gradients."""
        clips, critic = self._clips(asked), self.rewarding.critic
        loss = self._verdict(asked, clips).loss
        if critic is None:
            return loss
        misses = critic.misses(clips, asked.labels, torch.Generator().manual_seed(asked.seeds[0] + 1))
        self.noticed.append({"critic_misses": misses.item()})
        return loss + critic.config.weight * misses

    def _clips(self, asked: Asked) -> Tensor:
        of = self.rewarding
        return draw_clips(self.network, of.sampler, noise_levels(of.schedule, of.steps), asked.inputs, asked.seeds)

    def _verdict(self, asked: Asked, clips: Tensor) -> Verdict:
        return judge(self.rewarding.jury, clips, asked.labels, torch.Generator().manual_seed(asked.seeds[0]))

    def _notice(self, verdict: Verdict) -> None:
        named = verdict.right.float().mean(0).tolist()
        rates = {f"right {factor}": rate for factor, rate in zip(FACTORS, named, strict=True)}
        right = 1 - len(verdict.wrong) / len(verdict.right)
        self.noticed.append({"reward_loss": verdict.loss.item(), **rates, "right": right})
