"""The parts of a super-resolution U-Net: configuration, residual block, level, attention at the smallest grid.

There is no norm over space or time, so that a window with a halo gives the same pixels as the whole clip.
Does not know the input picture or the noise process; see `super_resolution` for those.
"""

from dataclasses import dataclass
from typing import Literal

from torch import Tensor, nn

from video_diffusion.networks.attention import SelfAttention, TextAttention
from video_diffusion.networks.temporal import TemporalKind, TemporalMix


@dataclass(frozen=True)
class SuperResolutionConfig:
    """Sizes of one super-resolution stage.

    `scale` is the spatial factor (1 for a temporal stage, whose temporal factor is always 2) · `widths` and `blocks`
    have one entry per level, each level halving the grid · `residual_std` s of x around the input, `known_std` the same
    on frames that a temporal stage is handed · `data_std` of pixels about zero, for reading a noise-augmented input.
    """

    kind: Literal["ssr", "tsr"] = "ssr"
    scale: int = 4
    unshuffle: int = 4
    widths: tuple[int, ...] = (48, 96, 128)
    blocks: tuple[int, ...] = (1, 1, 1)
    temporal: TemporalKind = "centred"
    text_attention: bool = False
    self_attention: bool = False
    residual_std: float = 0.1
    known_std: float = 0.02
    data_std: float = 0.5
    head_width: int = 32
    text_width: int = 128
    embedding: int = 128
    guidance_input: bool = False

    def __post_init__(self) -> None:
        if self.unshuffle % self.scale:
            raise ValueError(
                f"Patches must hold whole input pixels, but {self.unshuffle} is no multiple of scale {self.scale}."
            )

    @property
    def cell(self) -> int:
        """Output pixels along one side of the smallest grid's cell; sizes and tile origins are multiples of it."""
        return self.unshuffle * 2 ** (len(self.widths) - 1)

    def halo_pixels(self) -> int:
        """How far an output pixel sees by 3×3 convolutions and the bilinear enlargement, rounded up to whole cells."""
        last = len(self.widths) - 1
        reach = self.scale
        for level, blocks in enumerate(self.blocks):
            convolutions = 2 * blocks if level == last else 4 * blocks + 1
            reach += self.unshuffle * 2**level * convolutions
        return -(-reach // self.cell) * self.cell

    def halo_frames(self) -> int:
        """How many frames a frame sees on each side, if temporal mixing is centred."""
        mixes = 2 * len(self.widths) - 1 if self.temporal == "centred" else 0
        return mixes + (1 if self.kind == "tsr" else 0)


@dataclass
class Scene:
    """What the levels of one forward pass share; `next_states` fills in the order in which the mixes run."""

    embedding: Tensor
    batch: int
    pictures: bool
    states: list[Tensor]
    next_states: list[Tensor | None]


class Block(nn.Module):
    """Two 3×3 convolutions; the embedding scales and shifts between them (FiLM). No norm, see the module's head."""

    def __init__(self, channels: int, embedding: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = (nn.Conv2d(channels, channels, 3, padding=1) for _ in range(2))
        self.film = nn.Linear(embedding, 2 * channels)
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        scale, shift = self.film(embedding)[:, :, None, None].chunk(2, dim=1)
        h = self.conv1(nn.functional.silu(x))
        return x + self.conv2(nn.functional.silu(h * (1 + scale) + shift))


class Level(nn.Module):
    """The blocks of one grid, then temporal mixing."""

    def __init__(self, config: SuperResolutionConfig, index: int) -> None:
        super().__init__()
        c = config.widths[index]
        self.blocks = nn.ModuleList(Block(c, config.embedding) for _ in range(config.blocks[index]))
        self.mix = TemporalMix(c, config.temporal) if config.temporal != "none" else None

    def forward(self, x: Tensor, scene: Scene) -> Tensor:
        for block in self.blocks:
            x = block(x, scene.embedding)
        if self.mix is None or scene.pictures:
            return x
        x, state = self.mix(x, scene.batch, scene.states[len(scene.next_states)] if scene.states else None)
        scene.next_states.append(state)
        return x


class SmallestGrid(nn.Module):
    """Attention of each frame's smallest grid to itself and to the frame's text, where configured."""

    def __init__(self, config: SuperResolutionConfig) -> None:
        super().__init__()
        c = config.widths[-1]
        heads = max(1, c // config.head_width)
        self.itself = SelfAttention(c, heads) if config.self_attention else None
        self.text = TextAttention(c, heads, config.text_width) if config.text_attention else None

    def forward(self, x: Tensor, text: Tensor, bias: Tensor, text_of_frame: Tensor) -> Tensor:
        if self.itself is None and self.text is None:
            return x
        c, h, w = x.shape[1:]
        tokens = x.permute(0, 2, 3, 1).reshape(-1, h * w, c)
        if self.itself is not None:
            tokens = self.itself(tokens)
        if self.text is not None:
            tokens = self.text(tokens, text, bias, text_of_frame)
        return tokens.reshape(-1, h, w, c).permute(0, 3, 1, 2)
