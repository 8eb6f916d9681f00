"""The direction margin: does the model believe the words *left* and *right*?

    margin = mean log( error of x̂ under the caption with left and right exchanged / error under the right one )

at one high noise level where nothing but the words can tell. It moves long before samples do: .001 at the start, .33 in
a model that never goes the wrong way.
"""

import math
import random
from collections.abc import Iterator

import torch
from torch import Tensor

from ..networks.base import BaseNetwork
from ..papercut.render import clip_times, render_small
from ..papercut.scene import Scene, mirror, sample_scenes
from ..papercut.shards import FRAMES, HEIGHT, WIDTH
from ..parameterisation import x_hat_from
from ..schedules import alpha_sigma
from .batch import Prompts, noisy

# tan(0.85 π/2): the noise level at which the margin was found to predict the direction of samples.
_LOG_SNR = -2 * math.log(math.tan(0.85 * math.pi / 2))
# Beyond every seed that is ever trained on.
_FIRST_SEED = 2_000_000_000


class DirectionMargin:
    """Measures the margin on a fixed set of clips that go left or right."""

    def __init__(self, prompts: Prompts, clips: int = 24) -> None:
        scenes = [scene for scene, _ in zip(_sideways(), range(clips), strict=False)]
        frames = [render_small(scene, clip_times(FRAMES), HEIGHT, WIDTH) for scene in scenes]
        self.x = torch.stack(frames) * 2 - 1
        times = [[i / FRAMES for i in range(FRAMES)]] * clips
        self.right = prompts(scenes, times, random.Random(5), dropout=0)
        self.wrong = prompts([mirror(scene) for scene in scenes], times, random.Random(5), dropout=0)

    @torch.no_grad()
    def measure(self, network: BaseNetwork, device: torch.device, bfloat16: bool) -> dict[str, object]:
        """The margin and the error of x̂ under the right captions."""
        right, wrong = (self._errors(network, text, device, bfloat16) for text in (self.right, self.wrong))
        return {
            "direction_margin": round((wrong / right).log().mean().item(), 4),
            "x_error": round(right.mean().item(), 4),
        }

    def _errors(self, network: BaseNetwork, text: dict[str, Tensor], device: torch.device, bfloat16: bool) -> Tensor:
        log_snr = torch.full((len(self.x),), _LOG_SNR)
        z_t, _ = noisy(self.x, log_snr, torch.Generator().manual_seed(3))
        errors = []
        for part in torch.arange(len(self.x)).split(8):
            inputs = {
                "z_t": z_t,
                "log_snr": log_snr,
                "given": torch.zeros_like(z_t),
                "given_mask": torch.zeros_like(z_t[:, :, :1]),
            }
            inputs = {name: value[part].to(device) for name, value in (inputs | text).items()}
            with torch.autocast(device.type, torch.bfloat16, enabled=bfloat16):
                v_hat = network(**inputs).float().cpu()
            alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(log_snr[part]))
            x_hat = x_hat_from("v", v_hat, z_t[part], alpha, sigma)
            errors.append((x_hat - self.x[part]).square().mean((1, 2, 3, 4)))
        return torch.cat(errors)


def _sideways() -> Iterator[Scene]:
    for scene in sample_scenes(_FIRST_SEED):
        if scene.motion in ("left", "right") and scene.camera == "static" and scene.change == "none":
            yield scene
