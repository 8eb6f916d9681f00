"""The base model: a space-time U-Net that turns noise and text into a small, slow clip (Imagen Video, stage 1).

Patches of `unshuffle`×`unshuffle` pixels enter; each level halves the grid. Levels above the middle have residual
blocks and temporal mixing (convolution or attention), some also attention to the frame and its text; the middle is a
transformer over the whole clip. Inputs are those of docs/pack-format.md, "A denoiser graph", so a picture is a clip of
one frame and given frames and per-frame prompts need no other model. Does not know: schedules, parameterisation (its
output means what training makes it mean), guidance (but for the distilled network's w), windows. Sources: Video
Diffusion Models (2204.03458), Imagen Video (2210.02303), section 2.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from video_diffusion.networks.detail import Detail
from video_diffusion.networks.embedding import (
    GUIDANCE_FREQUENCIES,
    LOG_SNR_FREQUENCIES,
    ScalarEmbedding,
    TextInput,
    TextInTime,
    sinusoids,
)
from video_diffusion.networks.inputs import Inputs
from video_diffusion.networks.space_time import (
    JointBlock,
    ResidualBlock,
    Scene,
    SpatialAttention,
    TemporalAttention,
    TemporalConvolution,
)

TIME_WIDTH = 32
# Radians per frame: the slowest tells the ends of a 60-frame clip apart, the fastest neighbouring frames.
TIME_FREQUENCIES = (0.05, 1.5)


@dataclass(frozen=True)
class BaseConfig:
    """Sizes of a base model; one entry of `widths`, `blocks` and `temporal` per level, the last level being the
    transformer.

    `blocks` counts residual blocks (transformer layers on the last level) · `detail` is the width of the path at full
    resolution (0: none), `detail_blocks` its residual blocks · `temporal` names the mixing of every level
    but the last: "convolution", "attention" or "none" · `text_levels` are the levels with attention inside the frame
    and to text.
    """

    height: int = 24
    width: int = 40
    unshuffle: int = 2
    widths: tuple[int, ...] = (64, 128, 256)
    blocks: tuple[int, ...] = (1, 1, 3)
    temporal: tuple[str, ...] = ("convolution", "attention")
    text_levels: tuple[int, ...] = (1,)
    head_width: int = 32
    text_width: int = 128
    embedding: int = 256
    guidance_input: bool = False
    detail: int = 0
    detail_blocks: int = 2

    def grids(self) -> list[tuple[int, int]]:
        """Grid height and width of every level; odd sizes round up."""
        h, w = self.height // self.unshuffle, self.width // self.unshuffle
        grids = [(h, w)]
        for _ in self.widths[1:]:
            h, w = (h + 1) // 2, (w + 1) // 2
            grids.append((h, w))
        return grids


class Level(nn.Module):
    """Residual blocks, then temporal mixing, then (where configured) attention inside the frame and to text."""

    def __init__(self, config: BaseConfig, index: int) -> None:
        super().__init__()
        c, heads = config.widths[index], max(1, config.widths[index] // config.head_width)
        blocks: list[nn.Module] = [ResidualBlock(c, config.embedding) for _ in range(config.blocks[index])]
        if config.temporal[index] == "convolution":
            blocks.append(TemporalConvolution(c))
        elif config.temporal[index] == "attention":
            blocks.append(TemporalAttention(c, heads, TIME_WIDTH))
        if index in config.text_levels:
            blocks.append(SpatialAttention(c, heads, config.text_width))
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x: Tensor, scene: Scene) -> Tensor:
        for block in self.blocks:
            x = block(x, scene)
        return x


class Middle(nn.Module):
    """The transformer over the whole clip at the smallest grid."""

    def __init__(self, config: BaseConfig) -> None:
        super().__init__()
        c = config.widths[-1]
        self.time = nn.Linear(TIME_WIDTH, c)
        self.noise = nn.Linear(config.embedding, c)
        heads = max(1, c // config.head_width)
        self.layers = nn.ModuleList(JointBlock(c, heads, config.text_width) for _ in range(config.blocks[-1]))

    def forward(self, x: Tensor, scene: Scene) -> Tensor:
        c, h, w = x.shape[1:]
        time = (self.time(scene.frame_time) * scene.moving).repeat(scene.batch, 1)
        tokens = x.permute(0, 2, 3, 1).reshape(-1, h * w, c) + (time + self.noise(scene.embedding))[:, None]
        for layer in self.layers:
            tokens = layer(tokens, scene)
        return tokens.reshape(-1, h, w, c).permute(0, 3, 1, 2)


class BaseNetwork(nn.Module):
    """The denoiser. Train through `forward`, on batches of clips; export through `denoise`, on one clip."""

    def __init__(self, config: BaseConfig | None = None) -> None:
        super().__init__()
        config = config or BaseConfig()
        self.config = config
        widths, k = config.widths, config.unshuffle
        self.log_snr = ScalarEmbedding(config.embedding, LOG_SNR_FREQUENCIES)
        self.text = TextInput(config.text_width, config.embedding)
        self.text_in_time = TextInTime(config.embedding, TIME_WIDTH)
        if config.guidance_input:
            self.guidance = ScalarEmbedding(config.embedding, GUIDANCE_FREQUENCIES, silent=True)
        self.patches = nn.Conv2d(7, widths[0], k, stride=k)
        self.positions = nn.ParameterList(
            torch.zeros(1, c, h, w) for c, (h, w) in zip(widths, config.grids(), strict=True)
        )
        above = range(len(widths) - 1)
        self.down = nn.ModuleList(Level(config, i) for i in above)
        self.shrink = nn.ModuleList(nn.Conv2d(widths[i], widths[i + 1], 3, stride=2, padding=1) for i in above)
        self.middle = Middle(config)
        self.grow = nn.ModuleList(nn.Conv2d(widths[i + 1], widths[i], 1) for i in above)
        self.up = nn.ModuleList(Level(config, i) for i in above)
        self.norm = nn.GroupNorm(8, widths[0])
        self.out = nn.Conv2d(widths[0], 3 * k * k, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.detail = (
            Detail(config.detail, config.detail_blocks, widths[0], k, config.embedding) if config.detail else None
        )

    def forward(self, **clips: Tensor) -> Tensor:
        """Prediction `[B, F, 3, H, W]` for the tensors of `Inputs.of_clips`."""
        inputs = Inputs.of_clips(**clips)
        return self.denoise(inputs).unflatten(0, (inputs.batch, -1))

    def denoise(self, inputs: Inputs) -> Tensor:
        """The same on frames of all clips in a row, `[B·F, 3, H, W]`."""
        scene = self._scene(inputs)
        # Noise on given pixels carries no information; hiding it leaves a clean picture and the mask to tell.
        seen = inputs.z_t * (1 - inputs.given_mask)
        pixels = torch.cat([seen, inputs.given, inputs.given_mask], dim=1)
        x = self.patches(pixels)
        skips = []
        for i, (level, shrink) in enumerate(zip(self.down, self.shrink, strict=True)):
            x = level(x + self.positions[i], scene)
            skips.append(x)
            x = shrink(x)
        x = self.middle(x + self.positions[-1], scene)
        for i in reversed(range(len(self.up))):
            h, w = self.config.grids()[i]
            x = nn.functional.interpolate(self.grow[i](x), scale_factor=2.0, mode="nearest")[:, :, :h, :w]
            x = self.up[i](x + skips[i], scene)
        x = nn.functional.silu(self.norm(x))
        prediction = nn.functional.pixel_shuffle(self.out(x), self.config.unshuffle)
        return prediction if self.detail is None else prediction + self.detail(pixels, x, scene)

    def _scene(self, inputs: Inputs) -> Scene:
        noise = self.log_snr(inputs.log_snr)
        if self.config.guidance_input:
            if inputs.guidance_weight is None:
                raise ValueError("This network is distilled for guidance: pass guidance_weight, shape [B].")
            noise = noise + self.guidance(inputs.guidance_weight)
        tokens, bias, pooled = self.text(inputs.text, inputs.text_mask)
        frames, batch = inputs.frames, inputs.batch
        if batch > 1:
            noise = noise[:, None].expand(-1, frames, -1).flatten(0, 1)
        index = torch.arange(frames, device=noise.device)
        frame_index = index if inputs.frame_index is None else inputs.frame_index
        frame_time = sinusoids(frame_index, TIME_WIDTH, TIME_FREQUENCIES)
        moving = index.amax().clamp(max=1).to(noise.dtype)
        prompt = pooled.index_select(0, inputs.text_of_frame)
        prompt = prompt + moving * self.text_in_time(prompt, frame_time.repeat(batch, 1))
        return Scene(
            embedding=nn.functional.silu(noise + prompt),
            text=tokens,
            text_bias=bias,
            text_of_frame=inputs.text_of_frame,
            frame_time=frame_time,
            moving=moving,
            batch=batch,
        )
