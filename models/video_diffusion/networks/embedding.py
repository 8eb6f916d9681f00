"""How numbers and prompts enter a network: sinusoids of scalars, the embedding of noise levels and of pooled text.

Text arrives as `[P, N, D]` with a mask `[P, N]`; an all-zero mask means the unconditional branch and is replaced by
learned null text here (docs/pack-format.md, "A denoiser graph"), so that no other module has to know.

Sources: sinusoids: Transformer (1706.03762, section 3.5); pooled text added to the noise embedding: Imagen (2205.11487,
appendix B); w embedded like time: On Distillation of Guided Diffusion (2210.03142, section 3.1).
"""

import math

import torch
from torch import Tensor, nn

# λ is in [-20, 20]; the slowest sinusoid is monotonic over that range and the fastest resolves about 0.3.
LOG_SNR_FREQUENCIES = (0.05, 5.0)
# Guidance weights are in [0, 20]; nobody can tell w = 4.0 from 4.3, so coarser than λ.
GUIDANCE_FREQUENCIES = (0.05, 2.0)
# Keeps a masked token's attention weight at zero in float32 and bfloat16.
MASKED = -1e4


def sinusoids(value: Tensor, width: int, frequencies: tuple[float, float]) -> Tensor:
    """`[…]` numbers to `[…, width]` sines and cosines at frequencies spaced evenly in logarithm (radians per unit)."""
    slowest, fastest = (math.log(f) for f in frequencies)
    exponent = torch.linspace(slowest, fastest, width // 2, device=value.device)
    angle = value.float()[..., None] * torch.exp(exponent)
    return torch.cat([angle.sin(), angle.cos()], dim=-1)


class ScalarEmbedding(nn.Module):
    """A scalar such as λ or w, `[B]`, to `[B, width]`; `silent` starts at zero, so that a trained network can get
    it."""

    def __init__(self, width: int, frequencies: tuple[float, float], *, silent: bool = False) -> None:
        super().__init__()
        self.frequencies = frequencies
        self.hidden = nn.Linear(64, width)
        self.out = nn.Linear(width, width)
        if silent:
            nn.init.zeros_(self.out.weight)
            nn.init.zeros_(self.out.bias)

    def forward(self, value: Tensor) -> Tensor:
        return self.out(nn.functional.silu(self.hidden(sinusoids(value, 64, self.frequencies))))


class ChannelRMSNorm(nn.Module):
    """Root-mean-square norm over the last axis: `[…, C]`."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))

    def forward(self, x: Tensor) -> Tensor:
        scale = torch.rsqrt(x.float().square().mean(-1, keepdim=True) + 1e-5)
        return x * scale.to(x.dtype) * self.weight


class TextInput(nn.Module):
    """Normalises encoder output, puts learned null text where the mask is empty, and pools it by learned queries.

    `text` `[P, N, D]` and `mask` `[P, N]` (1 token, 0 padding) become: tokens `[P, N, D]`, an attention bias `[P, 1, 1,
    N]` (0 or MASKED) and a pooled vector `[P, width]`.
    """

    def __init__(self, text_width: int, width: int, queries: int = 4) -> None:
        super().__init__()
        self.norm = ChannelRMSNorm(text_width)
        self.null = nn.Parameter(torch.randn(1, 1, text_width) * 0.02)
        self.queries = nn.Parameter(torch.randn(text_width, queries) * text_width**-0.5)
        self.pooled = nn.Linear(queries * text_width, width)

    def forward(self, text: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        prompted = mask.amax(dim=1, keepdim=True)
        tokens = self.norm(text) * prompted[..., None] + self.null * (1 - prompted[..., None])
        bias = (1 - torch.maximum(mask, 1 - prompted)) * MASKED
        weight = torch.softmax((tokens @ self.queries).float() + bias[..., None], dim=1)
        pooled = weight.transpose(1, 2).to(tokens.dtype) @ tokens
        return tokens, bias[:, None, None, :], self.pooled(pooled.flatten(1))


class TextInTime(nn.Module):
    """What a prompt asks of one frame: "flies left" is at the right in the first frame and at the left in the last.

    Pooled text `[N, width]` and sinusoids of the frame's time `[N, T]` to `[N, width]`; starts at zero. Without it,
    directions were not learned (docs/log.md).
    """

    def __init__(self, width: int, time_width: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(width + time_width, width)
        self.out = nn.Linear(width, width)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, pooled: Tensor, time: Tensor) -> Tensor:
        return self.out(nn.functional.silu(self.hidden(torch.cat([pooled, time], dim=-1))))
