"""What a jury thinks of clips, as a loss with a gradient: −log p(what was asked for | clip), by factor and judge.

The judges see every clip moved by a pixel and under a little noise, so that pleasing them with single pixels does not
pay; nor does pleasing one of them with what another does not see. A factor that they get wrong on true clips counts
little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..evaluate.oracle_networks import Oracle
from ..evaluate.world import FACTORS

_MOST_NOISE = 0.1
# The judges name the camera of one true clip in nine wrongly.
_CAMERA = FACTORS.index("camera")
_WEIGHTS = torch.tensor([0.25 if factor == "camera" else 1.0 for factor in FACTORS])


@dataclass(frozen=True)
class Verdict:
    """``loss`` scalar with gradient · ``right`` bool ``[B, 7]``: which factors every judge names as asked."""

    loss: Tensor
    right: Tensor

    @property
    def wrong(self) -> list[int]:
        """The clips that show something else than was asked for; what the camera does is not counted."""
        counted = torch.arange(len(FACTORS)) != _CAMERA
        return (~self.right.cpu()[:, counted].all(1)).nonzero().flatten().tolist()


def judge(jury: Sequence[Oracle], clips: Tensor, labels: Tensor, generator: torch.Generator) -> Verdict:
    """The jury's verdict on clips ``[B, 16, 3, 24, 40]`` and what was asked for, ``[B, 7]``."""
    seen = disturbed(clips, generator)
    weights = _WEIGHTS.to(clips.device)
    loss, right = clips.new_zeros(()), torch.ones_like(labels, dtype=torch.bool)
    for oracle in jury:
        logits = oracle(seen)
        losses = [F.cross_entropy(logits[factor], labels[:, i]) for i, factor in enumerate(FACTORS)]
        loss = loss + (torch.stack(losses) * weights).sum() / weights.sum() / len(jury)
        right &= torch.stack([logits[factor].argmax(1) for factor in FACTORS], 1) == labels
    return Verdict(loss, right)


def disturbed(clips: Tensor, generator: torch.Generator, noise: float = _MOST_NOISE) -> Tensor:
    """The clips moved by up to a pixel each way, edges repeated, with up to so much noise on them."""
    height, width = clips.shape[-2:]
    down, right = torch.randint(0, 3, (2,), generator=generator).tolist()
    moved = F.pad(clips.flatten(0, 1), (1, 1, 1, 1), mode="replicate")[..., down : down + height, right : right + width]
    strength = noise * torch.rand(len(clips), 1, 1, 1, 1, generator=generator)
    grain = strength * torch.randn(clips.shape, generator=generator)
    return moved.view(clips.shape) + grain.to(clips.device)
