"""Prompts whose answers are known, for a judge to be asked about: scenes of seen pairs, their captions, their labels.

Drawn from seeds of their own, beyond those of training data and of evaluation (``evaluate.world``). Does not know
networks.
"""

import random
from dataclasses import dataclass

import torch
from torch import Tensor

from ..evaluate.oracles import labels_of_all
from ..papercut.captions import captions
from ..papercut.scene import Scene, mirror, sample_scene
from ..papercut.shards import FRAMES, HEIGHT, WIDTH
from ..train.batch import Prompts

REWARD_SEEDS = 7_000_000_000


@dataclass(frozen=True)
class Asked:
    """``inputs`` are what the network is told besides noise and level · ``labels`` int64 ``[B, 7]`` what is right ·
    ``seeds`` of the clips' noise."""

    inputs: dict[str, Tensor]
    labels: Tensor
    seeds: list[int]

    def to(self, device: torch.device) -> "Asked":
        """The same on a device."""
        inputs = {name: value.to(device) for name, value in self.inputs.items()}
        return Asked(inputs, self.labels.to(device), self.seeds)

    def only(self, places: list[int]) -> "Asked":
        """Those at ``places`` alone."""
        inputs = {name: value[places] for name, value in self.inputs.items()}
        return Asked(inputs, self.labels[places], [self.seeds[place] for place in places])


def ask(prompts: Prompts, count: int, step: int, periodic_weight: float, most_guidance: float) -> Asked:
    """``count`` prompts that say every factor, the same for the same step.

    Subjects that circle or bounce come ``periodic_weight`` times as often, guidance weights are uniform up to
    ``most_guidance``; nothing is given.
    """
    rng = random.Random(f"reward/{step}")
    scenes = [_scene(rng, periodic_weight) for _ in range(count)]
    text, mask = prompts.encode([captions(scene, rng, full=True)[0] for scene in scenes])
    inputs = {
        "text": text[:, None],
        "text_mask": mask[:, None],
        "text_of_frame": torch.zeros(count, FRAMES, dtype=torch.long),
        "given": torch.zeros(count, FRAMES, 3, HEIGHT, WIDTH),
        "given_mask": torch.zeros(count, FRAMES, 1, HEIGHT, WIDTH),
    }
    if most_guidance:
        inputs["guidance_weight"] = torch.tensor([rng.uniform(0, most_guidance) for _ in scenes])
    return Asked(inputs, labels_of_all(scenes), [rng.getrandbits(62) for _ in scenes])


def _scene(rng: random.Random, periodic_weight: float) -> Scene:
    """One steady scene, mirrored or not."""
    while True:
        scene = sample_scene(REWARD_SEEDS + rng.randrange(500_000_000))
        wanted = scene.motion in ("circle", "bounce") or periodic_weight * rng.random() < 1
        if scene.change == "none" and wanted:
            return mirror(scene) if rng.random() < 0.5 else scene
