"""Batches that hold a network to what it was: targets are the answers of the network before fine-tuning.

Noise lies on true clips, at the levels of the sampler; given frames, parts and dropped prompts are those of training,
so that what the reward does not ask about is not forgotten. Knows neither reward nor optimiser.
"""

from dataclasses import replace

import torch

from ..distil.guided import draw_weights
from ..distil.lessons import clean
from ..distil.levels import Level, diffuse_to, draw_places
from ..networks.ladder import Network
from ..precision import autocast
from ..train.batch import Batch
from ..train.config import TrainConfig
from ..train.loop import Batches


class Leash:
    """A source of batches for ``Trainer``, for a student of ``steps`` steps with guidance up to ``most_guidance``."""

    def __init__(
        self, batches: Batches, before: Network, config: TrainConfig, steps: int, most_guidance: float
    ) -> None:
        self.batches, self.config, self.steps, self.most_guidance = batches, config, steps, most_guidance
        self.before = before.eval().requires_grad_(False)

    @torch.no_grad()
    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of this step, the same for the same step."""
        device = next(self.before.parameters()).device
        batch = self.batches.draw(step, pictures).to(device)
        generator = torch.Generator().manual_seed(hash((self.config.seed, step, 3)) % 2**62)
        x = clean(batch)
        place = draw_places(len(x), self.steps, generator)
        t = Level.at((place + 1) / self.steps, self.config.schedule(pictures))
        z_t = diffuse_to(x, torch.randn(x.shape, generator=generator).to(device), t)
        inputs = batch.inputs | {"z_t": z_t, "log_snr": t.log_snr.float().to(device)}
        if self.most_guidance:
            inputs["guidance_weight"] = draw_weights(len(x), self.most_guidance, generator).to(device)
        with autocast(device):
            target = self.before(**inputs).float()
        return replace(batch, inputs=inputs, target=target, log_snr=inputs["log_snr"])
