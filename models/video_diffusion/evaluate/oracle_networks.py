"""Three judges of different architecture that name the factors of a clip, or say that they cannot.

`ConvolutionOracle` sees frames and their differences, `PatchOracle` is a transformer over patches of two frames,
`VolumeOracle` convolves space and time at once. The first is for choosing (checkpoints, guidance), the second for
reporting, the third for teaching (``reward``), so that what was chosen or taught is not judged by what did it.
In: clips ``[B, 16, 3, 24, 40]`` in [-1, 1]. Out: features ``[B, D]``, or logits per factor ``[B, K + 1]``, the last
class being *unclear*.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn

from ..networks.attention import FeedForward, SelfAttention
from .world import VALUES


class Heads(nn.Module):
    """One linear classifier per factor on shared features."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.factors = nn.ModuleDict({factor: nn.Linear(features, len(v) + 1) for factor, v in VALUES.items()})

    def forward(self, features: Tensor) -> dict[str, Tensor]:
        return {factor: head(features) for factor, head in self.factors.items()}


class Oracle(nn.Module):
    """What both have: logits from features."""

    heads: Heads
    # What the names of its hidden layers' parameters begin with, for Muon.
    HIDDEN: tuple[str, ...]

    def features(self, clips: Tensor) -> Tensor:
        """What the heads see, ``[B, D]``."""
        raise NotImplementedError

    def forward(self, clips: Tensor) -> dict[str, Tensor]:
        """Logits of every factor, ``[B, K + 1]`` each."""
        return self.heads(self.features(clips))


class ConvolutionOracle(Oracle):
    """Convolutions on frames, differences and coordinates; then over time on what is left of each frame."""

    WIDTHS = (32, 64, 96)
    HIDDEN = ("stages.0.3", "stages.1", "stages.2", "squeeze", "of_frame", "over_time")

    def __init__(self) -> None:
        super().__init__()
        channels = [8, *self.WIDTHS]
        self.stages = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(before, after, 3, stride=2, padding=1),
                nn.GroupNorm(8, after),
                nn.SiLU(),
                nn.Conv2d(after, after, 3, padding=1),
                nn.SiLU(),
            )
            for before, after in pairwise(channels)
        )
        width = self.WIDTHS[-1]
        # Of each frame: how much of everything (mean), the most (maximum), and where (mean by column and by row).
        self.of_frame = nn.Linear(2 * width + (3 + 5) * width // 4, 128)
        self.squeeze = nn.Conv2d(width, width // 4, 1)
        self.over_time = nn.Sequential(
            nn.Conv1d(128, 128, 5, padding=2), nn.SiLU(), nn.Conv1d(128, 128, 5, padding=4, dilation=2), nn.SiLU()
        )
        self.heads = Heads(3 * 128)

    def features(self, clips: Tensor) -> Tensor:
        batch, frames, _, height, width = clips.shape
        differences = torch.diff(clips, dim=1, prepend=clips[:, :1])
        rows = torch.linspace(-1, 1, height, device=clips.device).view(1, 1, 1, -1, 1)
        columns = torch.linspace(-1, 1, width, device=clips.device).view(1, 1, 1, 1, -1)
        shape = (batch, frames, 1, height, width)
        x = torch.cat([clips, 3 * differences, rows.expand(shape), columns.expand(shape)], 2).flatten(0, 1)
        for stage in self.stages:
            x = stage(x)
        small = self.squeeze(x)
        seen = [x.mean((2, 3)), x.amax((2, 3)), small.mean(2).flatten(1), small.mean(3).flatten(1)]
        per_frame = nn.functional.silu(self.of_frame(torch.cat(seen, 1))).unflatten(0, (batch, frames))
        moving = self.over_time(per_frame.mT)
        return torch.cat([moving.mean(2), moving.amax(2), per_frame.mean(1)], 1)


class PatchOracle(Oracle):
    """A transformer over 120 tokens: 8 pairs of frames by 3×5 regions of 8×8 pixels, each read through 4×4 patches."""

    WIDTH, LAYERS, HEADS = 128, 4, 4
    HIDDEN = ("regions", "layers")

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(6, 64, 4, stride=2, padding=1)
        self.regions = nn.Conv2d(64, self.WIDTH, 4, stride=4)
        self.position = nn.Parameter(torch.randn(1, 8 * 3 * 5, self.WIDTH) * 0.02)
        self.layers = nn.ModuleList(
            nn.Sequential(SelfAttention(self.WIDTH, self.HEADS), FeedForward(self.WIDTH)) for _ in range(self.LAYERS)
        )
        self.heads = Heads(2 * self.WIDTH)

    def features(self, clips: Tensor) -> Tensor:
        pairs = clips.unflatten(1, (8, 2)).flatten(2, 3).flatten(0, 1)
        x = self.regions(nn.functional.gelu(self.patches(pairs)))
        x = x.unflatten(0, (len(clips), 8)).permute(0, 1, 3, 4, 2).flatten(1, 3) + self.position
        for layer in self.layers:
            x = layer(x)
        return torch.cat([x.mean(1), x.amax(1)], 1)


class VolumeOracle(Oracle):
    """Convolutions over space and time; the 4×3×5 cells that are left of a clip are seen whole."""

    WIDTHS = (32, 64, 64, 96)
    STRIDES = ((1, 2, 2), (1, 1, 1), (2, 2, 2), (2, 2, 2))
    HIDDEN = ("stages.1", "stages.2", "stages.3", "squeeze", "whole")

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.ModuleList(
            nn.Sequential(nn.Conv3d(before, after, 3, stride, padding=1), nn.GroupNorm(8, after), nn.SiLU())
            for (before, after), stride in zip(pairwise((3, *self.WIDTHS)), self.STRIDES, strict=True)
        )
        self.squeeze = nn.Conv3d(self.WIDTHS[-1], 32, 1)
        self.whole = nn.Linear(32 * 4 * 3 * 5, 256)
        self.heads = Heads(256 + 2 * self.WIDTHS[-1])

    def features(self, clips: Tensor) -> Tensor:
        x = clips.transpose(1, 2)
        for stage in self.stages:
            x = stage(x)
        whole = nn.functional.silu(self.whole(self.squeeze(x).flatten(1)))
        return torch.cat([whole, x.mean((2, 3, 4)), x.amax((2, 3, 4))], 1)


ORACLES: dict[str, type[Oracle]] = {"select": ConvolutionOracle, "report": PatchOracle, "teach": VolumeOracle}
RATES: dict[str, float] = {"select": 2e-3, "report": 1e-3, "teach": 1.5e-3}
