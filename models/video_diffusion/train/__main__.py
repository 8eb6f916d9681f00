"""``python -m video_diffusion.train --stage base --minutes 30 --resume``: trains one stage for a time."""

import argparse
import copy
from dataclasses import replace
from pathlib import Path

import torch

from ..networks.ladder import LADDERS, build
from .base_batches import BaseBatches
from .batch import Prompts
from .checkpoint import load_small
from .config import CONFIGS
from .loop import Budget, Machine, Trainer
from .margin import DirectionMargin

_ROOT = Path(__file__).resolve().parents[2]


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=sorted(CONFIGS), default="base")
    parser.add_argument("--ladder", choices=sorted(LADDERS), default="small")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--resume", action="store_true", help="go on from the full checkpoint in --out")
    parser.add_argument("--init", type=Path, help="start from a small checkpoint")
    parser.add_argument("--data", type=Path, default=_ROOT / "work" / "data")
    parser.add_argument("--out", type=Path, default=_ROOT / "work" / "runs")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument(
        "--decay-share", type=float, default=0.0, help="last share of the time over which the rate falls"
    )
    parser.add_argument("--save-seconds", type=float, default=180.0)
    for name in ("clips", "pictures"):
        parser.add_argument(f"--{name}", type=int)
    for name in ("picture-minutes", "picture-share", "rate", "ema", "shift", "picture-shift"):
        parser.add_argument(f"--{name}", type=float)
    return parser.parse_args()


def main() -> None:
    """Builds the stage and trains it."""
    chosen = options()
    torch.set_num_threads(chosen.threads)
    names = ("clips", "pictures", "picture_minutes", "picture_share", "rate", "ema", "shift", "picture_shift")
    changes = {name: getattr(chosen, name) for name in names if getattr(chosen, name) is not None}
    config = replace(CONFIGS[chosen.stage], **changes)
    torch.manual_seed(config.seed)
    stage = next(stage for stage in LADDERS[chosen.ladder] if stage.id == chosen.stage)
    prompts = Prompts()
    batches = BaseBatches(chosen.data, config, prompts)
    machine = Machine(torch.device(chosen.device), compile=chosen.compile)
    trainer = Trainer(config, build(stage.network), batches, machine, chosen.out)
    if not (chosen.resume and trainer.resume()) and chosen.init:
        weights, _, step, seconds = load_small(chosen.init)
        trainer.start_from(weights, step, seconds)
    margin = DirectionMargin(prompts)

    def measure(trainer: Trainer) -> dict[str, object]:
        averaged = copy.deepcopy(trainer.network)
        averaged.load_state_dict(trainer.average)
        return margin.measure(averaged.eval(), machine.device, machine.bfloat16)

    trainer.train(Budget(60 * chosen.minutes, chosen.decay_share, chosen.save_seconds), measure)


if __name__ == "__main__":
    main()
