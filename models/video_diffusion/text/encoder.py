"""The text encoder: T5 v1.1's, small. Pre-RMSNorm, gated GELU, shared bucketed relative positions, no absolute ones.

``token_ids [P, N]`` int64 and ``token_mask [P, N]`` float to ``text [P, N, D]``. Attention is explicit matrix products,
so that it exports to plain ONNX. Source: T5 (1910.10683, section 2.1), v1.1 as in GLU variants (2002.05202).
"""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

ENCODER_PATH = Path(__file__).resolve().parents[2] / "checkpoints" / "text.safetensors"
_MASKED = -1e4


@dataclass(frozen=True)
class TextConfig:
    """Sizes; the defaults make 0.8M parameters."""

    pieces: int = 512
    width: int = 128
    heads: int = 4
    layers: int = 4
    hidden: int = 320
    buckets: int = 16
    farthest: int = 32


class RMSNorm(nn.Module):
    """Root-mean-square norm of the last axis (1910.07467)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6) * self.weight


class Layer(nn.Module):
    """Self-attention and a gated feed-forward network, each a residual."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        d, self.heads = config.width, config.heads
        self.norm1, self.norm2 = RMSNorm(d), RMSNorm(d)
        self.query, self.key, self.value, self.out = (nn.Linear(d, d, bias=False) for _ in range(4))
        self.gate, self.linear = nn.Linear(d, config.hidden, bias=False), nn.Linear(d, config.hidden, bias=False)
        self.down = nn.Linear(config.hidden, d, bias=False)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        y = self.norm1(x)
        q, k, v = (f(y).unflatten(-1, (self.heads, -1)).transpose(1, 2) for f in (self.query, self.key, self.value))
        weights = torch.softmax(q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + bias, dim=-1)
        x = x + self.out((weights @ v).transpose(1, 2).flatten(2))
        y = self.norm2(x)
        return x + self.down(nn.functional.gelu(self.gate(y)) * self.linear(y))


class TextEncoder(nn.Module):
    """The encoder; frozen once pre-trained."""

    def __init__(self, config: TextConfig | None = None) -> None:
        super().__init__()
        self.config = config or TextConfig()
        c = self.config
        self.pieces = nn.Embedding(c.pieces, c.width)
        self.distance = nn.Embedding(c.buckets, c.heads)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.norm = RMSNorm(c.width)
        nn.init.normal_(self.pieces.weight, std=0.3)
        nn.init.zeros_(self.distance.weight)

    def forward(self, token_ids: Tensor, token_mask: Tensor) -> Tensor:
        """Features ``[P, N, D]`` float32."""
        buckets = relative_buckets(token_ids.shape[1], self.config).to(token_ids.device)
        bias = self.distance(buckets).permute(2, 0, 1)[None] + ((1 - token_mask) * _MASKED)[:, None, None, :]
        x = self.pieces(token_ids)
        for layer in self.layers:
            x = layer(x, bias)
        return self.norm(x)


def relative_buckets(length: int, config: TextConfig) -> Tensor:
    """Bucket of each key's distance from each query ``[N, N]``: near ones exactly, far ones by logarithm, both ways."""
    offset = torch.arange(length)[None, :] - torch.arange(length)[:, None]
    half, distance = config.buckets // 2, offset.abs()
    exact = half // 2
    log = torch.log(distance.clamp(min=1) / exact) / math.log(config.farthest / exact) * (half - exact)
    far = (exact + log.long()).clamp(max=half - 1)
    return (offset > 0).long() * half + torch.where(distance < exact, distance, far)


def encoder_path(checkpoints: Path) -> Path:
    """The encoder that checkpoints of a folder were trained with: one beside them, else the committed one."""
    beside = checkpoints / ENCODER_PATH.name
    return beside if beside.exists() else ENCODER_PATH


def load_encoder(path: Path = ENCODER_PATH) -> TextEncoder:
    """The committed encoder, frozen."""
    weights = {name: value.float() for name, value in load_file(path).items()}
    encoder = TextEncoder(TextConfig(pieces=len(weights["pieces.weight"])))
    encoder.load_state_dict(weights)
    return encoder.eval().requires_grad_(False)
