"""The space-time blocks of the base model: spatial convolution, temporal mixing, attention inside a frame and across a
clip.

Frames are folded into the batch axis, `[B·F, C, H, W]`, so that every convolution is a Conv2d (Video Diffusion Models,
2204.03458, section 3; Imagen Video, 2210.02303, on video diffusion architectures). Temporal blocks are residuals
multiplied by `Scene.moving`, which is 0 for a single frame: joint image-video training bypasses them (Imagen Video, on
video-image joint training).
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from video_diffusion.networks.attention import FeedForward, SelfAttention, TextAttention

GROUPS = 8


@dataclass
class Scene:
    """What all blocks of one forward pass share.

    `embedding` `[N, E]` noise level and pooled text of each of N = B·F frames · `text` `[B·P, S, D]`, `text_bias`
    `[B·P, 1, 1, S]`, `text_of_frame` `[N]` into them · `frame_time` `[F, T]` sinusoids of the frame index ·
    `moving` scalar, 0 for pictures and 1 for clips · `batch` B.
    """

    embedding: Tensor
    text: Tensor
    text_bias: Tensor
    text_of_frame: Tensor
    frame_time: Tensor
    moving: Tensor
    batch: int


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions with group norm over each frame; noise level and text scale and shift the second (FiLM)."""

    def __init__(self, channels: int, embedding: int) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.GroupNorm(GROUPS, channels), nn.GroupNorm(GROUPS, channels)
        self.conv1, self.conv2 = (nn.Conv2d(channels, channels, 3, padding=1) for _ in range(2))
        self.film = nn.Linear(embedding, 2 * channels)
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x: Tensor, scene: Scene) -> Tensor:
        scale, shift = self.film(scene.embedding)[:, :, None, None].chunk(2, dim=1)
        h = self.norm2(self.conv1(nn.functional.silu(self.norm1(x))))
        return x + self.conv2(nn.functional.silu(h * (1 + scale) + shift))


def neighbours(x: Tensor) -> Tensor:
    """One clip `[F, C, H, W]` to `[F, 3C, H, W]`: the frame before (zeros at the ends), the frame, the frame after."""
    blank = torch.zeros_like(x[:1])
    return torch.cat([torch.cat([blank, x[:-1]]), x, torch.cat([x[1:], blank])], 1)


def through_time(x: Tensor, conv: nn.Conv2d, batch: int, before: int) -> Tensor:
    """`conv` of every frame of folded clips `[B·F, C, H, W]` with two others, `before` of them earlier: for training.

    The same as shifting, joining and `conv`, which is what graphs contain, in half the time and a third of the memory.
    """
    clips = x.permute(0, 2, 3, 1).unflatten(0, (batch, -1)).permute(0, 4, 1, 2, 3)
    kernel = conv.weight.unflatten(1, (3, -1)).transpose(1, 2)
    mixed = nn.functional.conv3d(clips, kernel, conv.bias, padding=(before, 0, 0))[:, :, : clips.shape[2]]
    return mixed.permute(0, 2, 3, 4, 1).flatten(0, 1).permute(0, 3, 1, 2)


class TemporalConvolution(nn.Module):
    """A convolution over three frames, written as shift, concatenation and a 1×1 Conv2d."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(GROUPS, channels)
        self.conv = nn.Conv2d(3 * channels, channels, 1)
        nn.init.zeros_(self.conv.weight)
        nn.init.zeros_(self.conv.bias)

    def forward(self, x: Tensor, scene: Scene) -> Tensor:
        if x.shape[0] == scene.batch:
            return x
        h = nn.functional.silu(self.norm(x))
        mixed = self.conv(neighbours(h)) if scene.batch == 1 else through_time(h, self.conv, scene.batch, before=1)
        return x + scene.moving * mixed


class TemporalAttention(nn.Module):
    """Every pixel attends to itself through time: tokens are frames, rows are pixels."""

    def __init__(self, channels: int, heads: int, time_width: int) -> None:
        super().__init__()
        self.attention = SelfAttention(channels, heads)
        self.position = nn.Linear(time_width, channels)

    def forward(self, x: Tensor, scene: Scene) -> Tensor:
        if x.shape[0] == scene.batch:
            return x
        c, h, w = x.shape[1:]
        frames = x.permute(0, 2, 3, 1).reshape(-1, h * w, c)
        if scene.batch > 1:
            rows = frames.unflatten(0, (scene.batch, -1)).transpose(1, 2).flatten(0, 1)
        else:
            rows = frames.transpose(0, 1)
        mixed = self.attention(rows, self.position(scene.frame_time)) - rows
        if scene.batch > 1:
            mixed = mixed.unflatten(0, (scene.batch, -1)).transpose(1, 2)
        else:
            mixed = mixed.transpose(0, 1)
        return x + scene.moving * mixed.reshape(-1, h, w, c).permute(0, 3, 1, 2)


class SpatialAttention(nn.Module):
    """Pixels of a frame attend to each other and to the frame's prompt."""

    def __init__(self, channels: int, heads: int, text_width: int) -> None:
        super().__init__()
        self.attention = SelfAttention(channels, heads)
        self.text = TextAttention(channels, heads, text_width)

    def forward(self, x: Tensor, scene: Scene) -> Tensor:
        c, h, w = x.shape[1:]
        tokens = self.attention(x.permute(0, 2, 3, 1).reshape(-1, h * w, c))
        tokens = self.text(tokens, scene.text, scene.text_bias, scene.text_of_frame)
        return tokens.reshape(-1, h, w, c).permute(0, 3, 1, 2)


class JointBlock(nn.Module):
    """A transformer layer over all pixels of all frames of a clip, for the smallest grid; attends to text as well."""

    def __init__(self, channels: int, heads: int, text_width: int) -> None:
        super().__init__()
        self.attention = SelfAttention(channels, heads)
        self.text = TextAttention(channels, heads, text_width)
        self.feed_forward = FeedForward(channels)

    def forward(self, tokens: Tensor, scene: Scene) -> Tensor:
        """Tokens of each frame, `[B·F, h·w, C]`."""
        pixels, channels = tokens.shape[1:]
        clip = self.attention(tokens.reshape(scene.batch, -1, channels))
        tokens = self.text(clip.reshape(-1, pixels, channels), scene.text, scene.text_bias, scene.text_of_frame)
        return self.feed_forward(tokens)
