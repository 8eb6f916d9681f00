"""Temporal mixing of the super-resolution stages: a convolution over three frames as shift, concatenation and 1×1
Conv2d.

Centred: the frame before, itself, the frame after; windows are exact with a halo of one frame per layer. Causal: the
two frames before and itself; windows are exact when each hands its last two input frames, the state, to the next
(Imagen Video mixes these stages by temporal convolution; the causal form with carried state is this project's, for
streaming). Beyond the ends of a clip there are zeros. Does not know which stage it is in.
"""

from typing import Literal

import torch
from torch import Tensor, nn

from video_diffusion.networks.space_time import neighbours, through_time

TemporalKind = Literal["centred", "causal", "none"]
STATE_FRAMES = 2


def causal_taps(x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
    """`[F, C, H, W]` and the two frames before it, `[2, C, H, W]`, to `[F, 3C, H, W]` and the next state."""
    history = torch.cat([state, x])
    return torch.cat([history[:-2], history[1:-1], x], 1), history[-2:]


class TemporalMix(nn.Module):
    """Residual temporal convolution of folded frames `[B·F, C, H, W]`; only the causal kind, at B = 1, takes a
    state."""

    def __init__(self, channels: int, kind: TemporalKind) -> None:
        super().__init__()
        self.kind = kind
        self.conv = nn.Conv2d(3 * channels, channels, 1)
        nn.init.zeros_(self.conv.weight)
        nn.init.zeros_(self.conv.bias)

    def forward(self, x: Tensor, batch: int, state: Tensor | None) -> tuple[Tensor, Tensor | None]:
        h = nn.functional.silu(x)
        if self.kind == "centred":
            return x + (self.conv(neighbours(h)) if batch == 1 else through_time(h, self.conv, batch, before=1)), None
        if batch == 1:
            state = h.new_zeros(STATE_FRAMES, *h.shape[1:]) if state is None else state
            taps, state = causal_taps(h, state)
            return x + self.conv(taps), state
        return x + through_time(h, self.conv, batch, before=STATE_FRAMES), None
