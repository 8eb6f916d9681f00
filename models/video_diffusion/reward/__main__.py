"""``python -m video_diffusion.reward --minutes 30 --processes 2``: fine-tunes the distilled base model to a jury.

Goes on where it was; the result takes the place of ``checkpoints/distilled/base.safetensors`` unless ``--out`` says
otherwise. The jury is the selecting oracle and the teaching one: from then on only the reporting one says how good
the model is.
"""

import argparse
from pathlib import Path

import torch

from ..evaluate.oracle_networks import ORACLES
from ..train.loop import Budget
from .critic import CriticConfig
from .run import RewardRun, start
from .trainer import RewardConfig

_ROOT = Path(__file__).resolve().parents[2]


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = RewardConfig()
    parser.add_argument("--student", type=Path, default=_ROOT / "checkpoints" / "distilled" / "base.safetensors")
    parser.add_argument("--out", type=Path, default=_ROOT / "checkpoints" / "distilled" / "base.safetensors")
    parser.add_argument("--minutes", type=float, default=30.0, help="of this call")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--clips", type=int, default=usual.clips, help="sent back, per step and process")
    parser.add_argument("--drawn", type=int, default=usual.drawn, help="most clips drawn to find them")
    parser.add_argument("--at-once", type=int, default=usual.at_once, help="of them in memory together")
    parser.add_argument("--most-norm", type=float, default=usual.most_norm, help="longest gradient of the reward")
    parser.add_argument("--periodic-weight", type=float, default=usual.periodic_weight)
    parser.add_argument("--judges", nargs="+", choices=sorted(ORACLES), default=RewardRun.judges)
    parser.add_argument("--critic-weight", type=float, default=CriticConfig.weight, help="0 leaves the critic out")
    parser.add_argument("--work", type=Path, default=_ROOT / "work")
    parser.add_argument("--checkpoints", type=Path, default=_ROOT / "checkpoints", help="where the judges are")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--processes", type=int, default=1, help="that share each batch")
    return parser.parse_args()


def main() -> None:
    """Fine-tunes for the time given."""
    chosen = options()
    run = RewardRun(
        student=chosen.student,
        result=chosen.out,
        folder=chosen.work / "runs" / "reward",
        data=chosen.work / "data",
        checkpoints=chosen.checkpoints,
        budget=Budget(60 * chosen.minutes, decay_share=0.5, save_seconds=120.0),
        rate=chosen.rate,
        judges=tuple(chosen.judges),
        critic=CriticConfig(weight=chosen.critic_weight) if chosen.critic_weight else None,
        reward=RewardConfig(
            clips=chosen.clips,
            drawn=chosen.drawn,
            at_once=chosen.at_once,
            most_norm=chosen.most_norm,
            periodic_weight=chosen.periodic_weight,
        ),
        device=chosen.device,
        threads=chosen.threads,
        processes=chosen.processes,
    )
    start(run)


if __name__ == "__main__":
    main()
