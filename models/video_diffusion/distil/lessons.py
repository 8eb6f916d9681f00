"""Batches whose targets a teacher writes, so that the one trainer of all stages trains students, too.

A drawn batch gives clean clips, conditions and weights; here they get the noise levels of the student, a guidance
weight each, and the teacher's target as v. The loss stays the trainer's squared error of v, which is (SNR + 1) times
that of x; with "truncated" it becomes max(SNR, 1) times (2202.00512, section 4). Two steps of a teacher are taken
without clipping; its guided answer is clipped (``guided``).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

from ..networks.ladder import Network
from ..networks.super_resolution_blocks import SuperResolutionConfig
from ..schedules import CosineSchedule
from ..train.batch import Batch
from ..train.config import TrainConfig
from ..train.loop import Batches
from ..train.super_resolution_batches import level_weight
from .consistency import consistency_target
from .guided import draw_weights, guided
from .levels import Level, XHat, diffuse_to, draw_places, per_sample, v_of
from .phases import CONSISTENCY_GRID, Phase
from .progressive import progressive_target
from .stochastic import stochastic_target

Weighting = Literal["v", "truncated"]


@dataclass(frozen=True)
class Lesson:
    """A phase with what it needs: the range of w (0: none), the weighting, where to compute."""

    phase: Phase
    most_guidance: float
    weighting: Weighting = "v"
    device: str = "cpu"
    bfloat16: bool = True


class TaughtBatches:
    """A source of batches for ``Trainer``; ``average`` gives a consistency student's own averaged network."""

    def __init__(
        self,
        batches: Batches,
        teacher: Network,
        lesson: Lesson,
        config: TrainConfig,
        average: Callable[[], Network] | None = None,
    ) -> None:
        self.batches, self.lesson, self.config, self.average = batches, lesson, config, average
        self.teacher = teacher.to(lesson.device).eval().requires_grad_(False)

    @torch.no_grad()
    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of this step, the same for the same step and teacher."""
        batch = self.batches.draw(step, pictures).to(self.lesson.device)
        generator = torch.Generator().manual_seed(hash((self.config.seed, step, 2)) % 2**62)
        weight = None
        if self.lesson.most_guidance:
            drawn = draw_weights(len(batch.log_snr), self.lesson.most_guidance, generator)
            weight = drawn.to(self.lesson.device)
        if self.lesson.phase.kind == "guided":
            return self._guided(batch, weight)
        return self._fewer_steps(batch, weight, self.config.schedule(pictures), generator)

    def _guided(self, batch: Batch, weight: Tensor | None) -> Batch:
        if weight is None:
            raise ValueError("A guided student needs a range of guidance weights above 0.")
        t, z_t = Level.of(batch.log_snr), batch.inputs["z_t"]
        null = batch.inputs | {"text_mask": torch.zeros_like(batch.inputs["text_mask"])}
        teacher = guided(self._x_hat(self.teacher, batch.inputs), self._x_hat(self.teacher, null), weight)
        return replace(
            batch, inputs=batch.inputs | {"guidance_weight": weight}, target=v_of(teacher(z_t, t), z_t, t).float()
        )

    def _fewer_steps(
        self, batch: Batch, weight: Tensor | None, schedule: CosineSchedule, generator: torch.Generator
    ) -> Batch:
        phase = self.lesson.phase
        steps = CONSISTENCY_GRID if phase.kind == "consistency" else phase.steps
        inputs = batch.inputs if weight is None else batch.inputs | {"guidance_weight": weight}
        x = clean(batch)
        place = draw_places(len(x), steps, generator)
        t = Level.at((place + 1) / steps, schedule)
        z_t = diffuse_to(x, torch.randn(x.shape, generator=generator).to(x.device), t)
        teacher = self._x_hat(self.teacher, inputs)
        if phase.kind == "consistency":
            if self.average is None:
                raise ValueError("A consistency student is taught by its own average: pass it.")
            x_tilde = consistency_target(teacher, self._x_hat(self.average(), inputs), z_t, place, steps, schedule)
        else:
            target_of = progressive_target if phase.kind == "ddim" else stochastic_target
            x_tilde = target_of(teacher, z_t, place, steps, schedule)
        log_snr = t.log_snr.float().to(x.device)
        weights = reweighed(batch, self.teacher.config, log_snr)
        if self.lesson.weighting == "truncated":
            weights = weights * per_sample(torch.maximum(t.alpha, t.sigma).square(), weights)
        taught = inputs | {"z_t": z_t, "log_snr": log_snr}
        return Batch(taught, v_of(x_tilde, z_t, t).float(), weights, log_snr)

    def _x_hat(self, network: Network, inputs: dict[str, Tensor]) -> XHat:
        """The network as a function from (z, level) to x̂ = α z − σ v̂."""

        def x_hat(z: Tensor, t: Level) -> Tensor:
            named = inputs | {"z_t": z, "log_snr": t.log_snr.float().to(z.device)}
            with torch.autocast(torch.device(self.lesson.device).type, torch.bfloat16, enabled=self.lesson.bfloat16):
                v_hat = network(**named).float()
            return per_sample(t.alpha, z) * z - per_sample(t.sigma, z) * v_hat

        return x_hat


def clean(batch: Batch) -> Tensor:
    """The clips a batch was made from: x = α z − σ v."""
    t, z_t = Level.of(batch.log_snr), batch.inputs["z_t"]
    return per_sample(t.alpha, z_t) * z_t - per_sample(t.sigma, z_t) * batch.target


def reweighed(batch: Batch, network: object, log_snr: Tensor) -> Tensor:
    """The batch's loss weights at other levels: a super-resolution stage's depend on them, the base model's do not."""
    if not isinstance(network, SuperResolutionConfig):
        return batch.weight
    low, known = batch.inputs["low_res_log_snr"], batch.inputs.get("low_res_known")
    at_level = level_weight(network, log_snr, low, known, batch.target.shape[1])
    return at_level * (1 - batch.inputs["given_mask"])
