"""``python -m video_diffusion.train.draw_drafts --stage ssr-48 --clips 1024``: draws what that stage is to enlarge.

A stage that has seen nothing but true inputs believes its input, and enlarges a misdrawn windmill faithfully. A draft
is a true clip that was noised until its forms were lost and its plan was not, and drawn again from there by the base
(SDEdit, 2108.01073) and the stages between. Whoever trains on it learns to draw what the prompt says where the draft
does not know. Noise augmentation (2106.15282) is for the same gap, but errors of a model are not noise.

Interrupted, it goes on with the first file that is missing. Its scenes are training scenes.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..export.starter_stages import stage_export
from ..networks.base import BaseNetwork
from ..networks.ladder import SMALL, Network, Stage
from ..papercut.render import clip_times, render_small
from ..papercut.scene import sample_scene
from ..papercut.shards import FRAMES, HEIGHT, WIDTH, save_array
from ..pixels import to_uint8
from ..samplers import ddim
from ..schedules import CosineSchedule, NoiseLevels, alpha_sigma, cosine_log_snr, cosine_time
from ..stage import StageInputs, run_stage
from .batch import Prompts
from .checkpoint import load_network, read_header, small_checkpoint
from .config import CONFIGS
from .drafts import DRAFTS_PER_FILE, drafts_folder, drafts_path

_ROOT = Path(__file__).resolve().parents[2]
# λ from which a clip is drawn again: at -5 not much more than the colours and the subject's place are left, at -1 the
# forms are.
_FROM_LOG_SNR = (-5.0, -1.0)
_STEPS = 4


class Drawer:
    """Draws scenes with the stages below ``stage``, from the checkpoints in ``folder``."""

    def __init__(self, stage: str, folder: Path) -> None:
        ids = [one.id for one in SMALL]
        self.prompts = Prompts()
        self.base = load_network(_checkpoint(folder, ids[0], distilled=False))
        self.between = [_rung(folder, one) for one in SMALL[1 : ids.index(stage)]]

    def __call__(self, seed: int) -> Tensor:
        """The draft of a training scene, uint8 ``[F, 3, h, w]``; the same for the same seed."""
        scene, rng = sample_scene(seed), random.Random(f"draft/{seed}")
        times = clip_times(FRAMES)
        text = self.prompts([scene], [times.tolist()], rng, 0.0)
        truth = render_small(scene, times, HEIGHT, WIDTH) * 2 - 1
        clip = drawn_again(self.base, truth, text, rng.uniform(*_FROM_LOG_SNR), seed)
        for stage, network, settings in self.between:
            part = text["text_of_frame"][0].repeat_interleave(stage.frames // FRAMES)
            inputs = StageInputs(
                seed, stage.id, stage.frames, stage.height, stage.width,
                text["text"][0], text["text_mask"][0], part, clip,
            )  # fmt: skip
            clip = run_stage(network, settings, inputs)
        return clip.permute(0, 3, 1, 2)


@torch.no_grad()
def drawn_again(base: BaseNetwork, truth: Tensor, text: dict[str, Tensor], from_log_snr: float, seed: int) -> Tensor:
    """A true clip ``[F, 3, H, W]`` in [-1, 1], noised to λ and drawn again from there, unguided: uint8
    ``[F, H, W, 3]``."""
    schedule = CosineSchedule(shift=CONFIGS["base"].shift)
    first = cosine_time(torch.tensor(from_log_snr, dtype=torch.float64), schedule)
    log_snr = cosine_log_snr(first * (1 - torch.arange(_STEPS + 1, dtype=torch.float64) / _STEPS), schedule)
    levels = NoiseLevels(log_snr, *alpha_sigma(log_snr))
    x = truth[None]
    nothing = {"given": torch.zeros_like(x), "given_mask": torch.zeros_like(x[:, :, :1])}

    def denoise(z: Tensor, level: int, _: int) -> Tensor:
        v_hat = base(z_t=z.float(), log_snr=log_snr[level : level + 1].float(), **text, **nothing)
        return (levels.alpha[level] * z - levels.sigma[level] * v_hat).clamp(-1, 1)

    noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(seed))
    drawn = ddim(denoise, levels.alpha[0] * x + levels.sigma[0] * noise, levels)
    return to_uint8(drawn[0].float()).permute(0, 2, 3, 1)


def _checkpoint(folder: Path, stage: str, distilled: bool = True) -> Path:
    path = small_checkpoint(folder, stage, distilled)
    if path is None:
        raise FileNotFoundError(f"No checkpoint of {stage} in {folder}: train that stage first.")
    return path


def _rung(folder: Path, stage: Stage) -> tuple[Stage, Network, object]:
    path = _checkpoint(folder, stage.id)
    network = load_network(path).eval()
    return stage, network, stage_export(stage, network, read_header(path)).settings()


def main() -> None:
    """Draws what is missing, file by file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", choices=[stage.id for stage in SMALL if stage.kind == "ssr"], required=True)
    parser.add_argument("--clips", type=int, default=1024)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--checkpoints", type=Path, default=_ROOT / "checkpoints")
    parser.add_argument("--data", type=Path, default=_ROOT / "work" / "data")
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    drawer, folder = Drawer(chosen.stage, chosen.checkpoints), drafts_folder(chosen.data, chosen.stage)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(chosen.first, chosen.first + -(-chosen.clips // DRAFTS_PER_FILE)):
        path = drafts_path(folder, number)
        if not path.exists():
            seeds = range(number * DRAFTS_PER_FILE, (number + 1) * DRAFTS_PER_FILE)
            save_array(path, np.stack([drawer(seed).numpy() for seed in seeds]))
            print(path, flush=True)


if __name__ == "__main__":
    main()
