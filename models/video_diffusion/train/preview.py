"""``python -m video_diffusion.train.preview --checkpoint c.safetensors --out sheet.png``: a contact sheet, uncurated.

One row per prompt, frames from left to right. DDIM with classifier-free guidance and static thresholding; the sampler
of record is the engine's, this one only looks.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from ..guidance import guide
from ..networks.base import BaseNetwork
from ..papercut.captions import captions
from ..papercut.scene import sample_scene
from ..papercut.shards import FRAMES, HEIGHT, WIDTH
from ..parameterisation import x_hat_from
from ..precision import autocast
from ..samplers import ddim
from ..schedules import CosineSchedule, noise_levels
from .batch import Prompts
from .checkpoint import load_network
from .config import CONFIGS

_FIRST_SEED = 3_000_000_000


@torch.no_grad()
def sample_base(
    network: BaseNetwork,
    prompts: Prompts,
    texts: Sequence[str],
    steps: int,
    weight: float,
    seed: int = 0,
    frames: int = FRAMES,
) -> Tensor:
    """Clips ``[B, F, 3, 24, 40]`` in [-1, 1] for whole-clip prompts, with w = ``weight`` in the papers' convention."""
    text, mask = prompts.encode(list(texts))
    z = torch.randn(len(texts), frames, 3, HEIGHT, WIDTH, generator=torch.Generator().manual_seed(seed))
    config = CONFIGS["base"]
    levels = noise_levels(CosineSchedule(shift=config.picture_shift if frames == 1 else config.shift), steps)
    fixed = {"text": text[:, None], "text_of_frame": torch.zeros(len(texts), frames, dtype=torch.long)}
    fixed |= {"given": torch.zeros_like(z), "given_mask": torch.zeros_like(z[:, :, :1])}

    def denoise(z_t: Tensor, level: int, _: int) -> Tensor:
        log_snr = levels.log_snr[level].float().expand(len(texts))
        with autocast("cpu"):
            v_hat = network(z_t=z_t.float(), log_snr=log_snr, text_mask=mask[:, None], **fixed).float()
            if weight:
                v_null = network(z_t=z_t.float(), log_snr=log_snr, text_mask=0 * mask[:, None], **fixed).float()
                v_hat = guide(v_hat, v_null, weight)
        return x_hat_from("v", v_hat, z_t.float(), levels.alpha[level].float(), levels.sigma[level].float()).clamp(
            -1, 1
        )

    return ddim(denoise, z, levels)


def contact_sheet(clips: Tensor, titles: Sequence[str], scale: int = 4, every: int = 3) -> Image.Image:
    """Every third frame of each clip in a row, its prompt above."""
    shown = clips[:, ::every]
    pixels = ((shown + 1) * 127.5 + 0.5).clamp(0, 255).byte().numpy()
    rows, frames, _, h, w = pixels.shape
    sheet = Image.new("RGB", (frames * (w * scale + 2), rows * (h * scale + 14)), "white")
    pen = ImageDraw.Draw(sheet)
    for row in range(rows):
        pen.text((2, row * (h * scale + 14)), titles[row], fill="black")
        for frame in range(frames):
            picture = Image.fromarray(np.ascontiguousarray(pixels[row, frame].transpose(1, 2, 0)))
            place = (frame * (w * scale + 2), row * (h * scale + 14) + 12)
            sheet.paste(picture.resize((w * scale, h * scale), Image.Resampling.NEAREST), place)
    return sheet


def main() -> None:
    """Samples prompts of scenes that were never trained on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--clips", type=int, default=20)
    parser.add_argument("--steps", type=int, default=16)
    parser.add_argument("--weight", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--frames", type=int, default=FRAMES, help="1 for pictures")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    rng = random.Random(options.seed)
    scenes = [sample_scene(_FIRST_SEED + options.seed * 1000 + i) for i in range(options.clips)]
    texts = [captions(scene, rng, full=True)[0] for scene in scenes]
    network = load_network(options.checkpoint)
    assert isinstance(network, BaseNetwork)
    clips = sample_base(network, Prompts(), texts, options.steps, options.weight, options.seed, options.frames)
    contact_sheet(clips, texts).save(options.out)


if __name__ == "__main__":
    main()
