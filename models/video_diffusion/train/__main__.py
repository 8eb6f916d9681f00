"""``python -m video_diffusion.train --stage base --minutes 30 --resume``: trains one stage for a time."""

import argparse
from pathlib import Path

import torch
import torch.multiprocessing

from ..networks.ladder import LADDERS
from .config import CONFIGS
from .run import work

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
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--processes", type=int, default=1, help="that share each batch")
    parser.add_argument("--port", type=int, default=29511)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument(
        "--decay-share", type=float, default=0.0, help="last share of the time over which the rate falls"
    )
    parser.add_argument("--save-seconds", type=float, default=180.0)
    for name in ("clips", "pictures", "picture-steps"):
        parser.add_argument(f"--{name}", type=int)
    for name in ("picture-share", "rate", "ema", "shift", "picture-shift"):
        parser.add_argument(f"--{name}", type=float)
    return parser.parse_args()


def main() -> None:
    """Trains in this process, or in a crew of processes."""
    chosen = options()
    if chosen.processes == 1:
        work(0, chosen)
    else:
        torch.multiprocessing.spawn(work, (chosen,), nprocs=chosen.processes)


if __name__ == "__main__":
    main()
