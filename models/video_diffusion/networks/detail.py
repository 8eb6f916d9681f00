"""Pixels at full resolution, beside a U-Net that sees patches: residual blocks which add to its prediction what patches
are too coarse for (edges, small shapes, the last of the noise). Spatial only; begins at zero, so a trained network can
grow one.
"""

from torch import Tensor, nn

from video_diffusion.networks.space_time import GROUPS, ResidualBlock, Scene


class Detail(nn.Module):
    """``pixels [N, 7, H, W]`` as the network gets them and ``features [N, C, H/k, W/k]``, its last, to a part of the
    prediction, ``[N, 3, H, W]``."""

    def __init__(self, channels: int, blocks: int, features: int, unshuffle: int, embedding: int) -> None:
        super().__init__()
        self.unshuffle = unshuffle
        self.see = nn.Conv2d(7, channels, 3, padding=1)
        self.bring = nn.Conv2d(features, channels * unshuffle**2, 1)
        self.blocks = nn.ModuleList(ResidualBlock(channels, embedding) for _ in range(blocks))
        self.norm = nn.GroupNorm(GROUPS, channels)
        self.out = nn.Conv2d(channels, 3, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, pixels: Tensor, features: Tensor, scene: Scene) -> Tensor:
        x = self.see(pixels) + nn.functional.pixel_shuffle(self.bring(features), self.unshuffle)
        for block in self.blocks:
            x = block(x, scene)
        return self.out(nn.functional.silu(self.norm(x)))
