"""Super-resolution in space and time, stages 2 to 7: residual U-Nets over the enlarged or blended input.

Patches of `unshuffle`×`unshuffle` pixels enter and leave; there is no norm over space or time, so a window with a halo
(or carried causal state) gives the same pixels as the whole clip. v is predicted around the input, see
`preconditioning`: a spatial stage around the bilinear enlargement, a temporal stage around the blend of neighbouring
real frames. Noise levels and pooled text scale and shift every block; where configured, the smallest grid attends to
the text, and to itself. Does not know: schedules, samplers, how windows are cut.

Sources: Imagen Video (2210.02303), on
cascades and architectures; SR3 (2104.07636) for concatenating the input; Cascaded Diffusion Models (2106.15282)
for the augmentation level.
"""

import torch
from torch import Tensor, nn

from video_diffusion.networks.embedding import GUIDANCE_FREQUENCIES, LOG_SNR_FREQUENCIES, ScalarEmbedding, TextInput
from video_diffusion.networks.inputs import Inputs
from video_diffusion.networks.preconditioning import denoised_input, precondition
from video_diffusion.networks.super_resolution_blocks import Level, Scene, SmallestGrid, SuperResolutionConfig


class SuperResolutionNetwork(nn.Module):
    """The denoiser of one stage, predicting v. Train through `forward`; export through `denoise`."""

    def __init__(self, config: SuperResolutionConfig) -> None:
        super().__init__()
        self.config = config
        widths, k = config.widths, config.unshuffle
        self.log_snr = ScalarEmbedding(config.embedding, LOG_SNR_FREQUENCIES)
        self.low_res_log_snr = ScalarEmbedding(config.embedding, LOG_SNR_FREQUENCIES)
        self.text = TextInput(config.text_width, config.embedding)
        if config.guidance_input:
            self.guidance = ScalarEmbedding(config.embedding, GUIDANCE_FREQUENCIES, silent=True)
        self.noisy_patches = nn.Conv2d(3, widths[0], k, stride=k, bias=False)
        self.low_res_patches = nn.Conv2d(3, widths[0], k // config.scale, stride=k // config.scale)
        self.given_cells = nn.Conv2d(1, widths[0], 1, bias=False)
        if config.kind == "tsr":
            self.known = nn.Parameter(torch.zeros(1, widths[0], 1, 1))
        above = range(len(widths) - 1)
        self.down = nn.ModuleList(Level(config, i) for i in above)
        self.shrink = nn.ModuleList(nn.Conv2d(widths[i], widths[i + 1], 3, stride=2, padding=1) for i in above)
        self.middle = Level(config, len(widths) - 1)
        self.smallest = SmallestGrid(config)
        self.grow = nn.ModuleList(nn.Conv2d(widths[i + 1], widths[i], 1) for i in above)
        self.up = nn.ModuleList(Level(config, i) for i in above)
        self.out = nn.Conv2d(widths[0], 3 * k * k, 1, bias=False)
        nn.init.zeros_(self.out.weight)

    def state_shapes(self) -> list[tuple[int, int]]:
        """(channels, cell pixels) of every carried state, in graph order; empty unless causal."""
        if self.config.temporal != "causal":
            return []
        down = [(c, self.config.unshuffle * 2**i) for i, c in enumerate(self.config.widths)]
        return down + down[-2::-1]

    def forward(self, **clips: Tensor) -> Tensor:
        """Predicted v `[B, F, 3, H, W]` for the tensors of `Inputs.of_clips`; pictures bypass temporal mixing."""
        inputs = Inputs.of_clips(**clips)
        return self.denoise(inputs)[0].unflatten(0, (inputs.batch, -1))

    def denoise(self, inputs: Inputs) -> tuple[Tensor, list[Tensor | None]]:
        """The same on frames of all clips in a row, and the causal states for the next window (`state_shapes`)."""
        tokens, bias, pooled = self.text(inputs.text, inputs.text_mask)
        noise, log_snr, low_res_log_snr = self._noise(inputs), inputs.log_snr, inputs.low_res_log_snr
        if inputs.batch > 1:
            log_snr, low_res_log_snr, noise = (
                v.repeat_interleave(inputs.frames, 0) for v in (log_snr, low_res_log_snr, noise)
            )
        embedding = nn.functional.silu(noise + pooled.index_select(0, inputs.text_of_frame))
        mean, variance = self._mean(inputs, low_res_log_snr[:, None, None, None])
        enlarged = enlarge(mean, self.config.scale)
        weights = precondition(log_snr[:, None, None, None], variance)
        # Given pixels enter without noise; the mask, averaged over each patch, tells which they are.
        seen = inputs.z_t * (1 - inputs.given_mask) + weights.alpha * inputs.given
        x = self.noisy_patches(seen - weights.alpha * enlarged) * weights.residual
        x = x + self.low_res_patches(mean)
        x = x + self.given_cells(nn.functional.avg_pool2d(inputs.given_mask, self.config.unshuffle))
        if inputs.low_res_known is not None:
            x = x + self.known * inputs.low_res_known[:, None, None, None]
        scene = Scene(embedding, inputs.batch, inputs.pictures, inputs.states, [])
        net = self._residual(x, scene, (tokens, bias, inputs.text_of_frame), weights.net)
        return weights.z * inputs.z_t + weights.u * enlarged + net, scene.next_states

    def _noise(self, inputs: Inputs) -> Tensor:
        noise = self.log_snr(inputs.log_snr) + self.low_res_log_snr(inputs.low_res_log_snr)
        if not self.config.guidance_input:
            return noise
        if inputs.guidance_weight is None:
            raise ValueError("This network is distilled for guidance: pass guidance_weight, shape [B].")
        return noise + self.guidance(inputs.guidance_weight)

    def _mean(self, inputs: Inputs, log_snr: Tensor) -> tuple[Tensor, Tensor]:
        """u at the input's own size, and s² of each frame: what the residual leaves plus what the augmentation hid."""
        gain, hidden = denoised_input(log_snr, self.config.data_std)
        low_res, known = inputs.low_res, inputs.low_res_known
        residual = self.config.residual_std**2
        if self.config.kind == "ssr":
            return low_res * gain, hidden + residual
        if known is None:
            raise ValueError("A temporal stage needs low_res_known [B, F] to tell real frames from repeated ones.")
        known = known[:, None, None, None]
        blend = 0.5 * (low_res + following(low_res, inputs.batch))
        mean = known * low_res + (1 - known) * blend
        return mean * gain, hidden + known * self.config.known_std**2 + (1 - known) * residual

    def _residual(self, x: Tensor, scene: Scene, text: tuple[Tensor, Tensor, Tensor], scale: Tensor) -> Tensor:
        """The U-Net: patches `[N, C, H/k, W/k]` to pixels `[N, 3, H, W]`, multiplied by `scale`."""
        skips = []
        for level, shrink in zip(self.down, self.shrink, strict=True):
            x = level(x, scene)
            skips.append(x)
            x = shrink(x)
        x = self.smallest(self.middle(x, scene), *text)
        for i in reversed(range(len(self.up))):
            x = nn.functional.interpolate(self.grow[i](x), scale_factor=2.0, mode="nearest")
            x = self.up[i](x + skips[i], scene)
        return nn.functional.pixel_shuffle(self.out(nn.functional.silu(x) * scale), self.config.unshuffle)


def enlarge(x: Tensor, scale: int) -> Tensor:
    """Bilinear enlargement with half-pixel centres."""
    if scale == 1:
        return x
    return nn.functional.interpolate(x, scale_factor=float(scale), mode="bilinear", align_corners=False)


def following(x: Tensor, batch: int) -> Tensor:
    """The frame after each frame of folded clips; the last stays itself."""
    if batch == 1:
        return torch.cat([x[1:], x[-1:]])
    clips = x.unflatten(0, (batch, -1))
    return torch.cat([clips[:, 1:], clips[:, -1:]], 1).flatten(0, 1)
