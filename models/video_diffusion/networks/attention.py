"""Attention over tokens: self-attention and cross-attention to text, with explicit matrix products.

Explicit, because fused attention's backward is slow on CPUs and because it exports to plain MatMul and Softmax.
Who the tokens are (pixels of a frame, one pixel through time, a whole clip) is the caller's business.
Source: Transformer (1706.03762, equation 1); pre-norm residual layout as in Imagen's efficient U-Net.
"""

import torch
from torch import Tensor, nn

from video_diffusion.networks.embedding import ChannelRMSNorm


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int, bias: Tensor | None = None) -> Tensor:
    """softmax(QKᵀ/√d + bias) V. Query `[R, T, C]`, key and value `[R, S, C]`, bias broadcasts to `[R, heads, T, S]`."""
    q, k, v = (x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (query, key, value))
    scores = (q * (q.shape[-1] ** -0.5)) @ k.transpose(-1, -2)
    if bias is not None:
        scores = scores + bias.to(scores.dtype)
    return (torch.softmax(scores, dim=-1).to(v.dtype) @ v).transpose(1, 2).flatten(2)


class SelfAttention(nn.Module):
    """Residual self-attention of `[R, T, C]`; `position` `[…, T, C]` is added to what queries, keys and values see."""

    def __init__(self, channels: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = ChannelRMSNorm(channels)
        self.query, self.key, self.value = (nn.Linear(channels, channels, bias=False) for _ in range(3))
        self.out = nn.Linear(channels, channels, bias=False)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor, position: Tensor | None = None) -> Tensor:
        y = self.norm(x)
        if position is not None:
            y = y + position.to(y.dtype)
        return x + self.out(attend(self.query(y), self.key(y), self.value(y), self.heads))


class TextAttention(nn.Module):
    """Residual cross-attention of each frame's tokens `[N, T, C]` to that frame's prompt.

    Keys and values are made once per prompt `[P, S, D]` and then picked per frame by `text_of_frame` `[N]`.
    """

    def __init__(self, channels: int, heads: int, text_width: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = ChannelRMSNorm(channels)
        self.query = nn.Linear(channels, channels, bias=False)
        self.key, self.value = (nn.Linear(text_width, channels, bias=False) for _ in range(2))
        self.out = nn.Linear(channels, channels, bias=False)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor, text: Tensor, bias: Tensor, text_of_frame: Tensor) -> Tensor:
        key, value, bias = (t.index_select(0, text_of_frame) for t in (self.key(text), self.value(text), bias))
        return x + self.out(attend(self.query(self.norm(x)), key, value, self.heads, bias))


class FeedForward(nn.Module):
    """Residual two-layer perceptron with GELU on the last axis."""

    def __init__(self, channels: int, factor: int = 4) -> None:
        super().__init__()
        self.norm = ChannelRMSNorm(channels)
        self.hidden = nn.Linear(channels, factor * channels)
        self.out = nn.Linear(factor * channels, channels)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.out(nn.functional.gelu(self.hidden(self.norm(x))))
