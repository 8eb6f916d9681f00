"""``python -m video_diffusion.train --stage base --minutes 30 --resume``: trains one stage for a time.

``python -m video_diffusion.train --gpu-half-hour --out DIR``: everything, on one large GPU.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from ..networks.ladder import LADDERS
from .config import CONFIGS
from .gpu_recipe import GpuRun
from .gpu_run import Call
from .loop import Budget
from .run import Run, start

_ROOT = Path(__file__).resolve().parents[2]
_RECIPE = (
    "clips",
    "pictures",
    "picture_steps",
    "frame_stride",
    "periodic_weight",
    "window_uses",
    "draft_share",
    "picture_share",
    "rate",
    "ema",
    "shift",
    "picture_shift",
    "seed",
)


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gpu-half-hour", action="store_true", help="all stages, on one large GPU")
    parser.add_argument("--stage", choices=sorted(CONFIGS), default="base")
    parser.add_argument("--ladder", choices=sorted(LADDERS), default="small")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--resume", action="store_true", help="go on from the full checkpoint in --out")
    parser.add_argument("--init", type=Path, help="start from a small checkpoint")
    parser.add_argument("--work", type=Path, default=_ROOT / "work", help="data and full checkpoints")
    parser.add_argument("--out", type=Path, help="default: runs in the work folder")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--render", type=int, default=120_000, help="clips that --gpu-half-hour renders")
    parser.add_argument("--total", type=float, default=30.0, help="minutes of all calls of --gpu-half-hour together")
    parser.add_argument("--scale", type=float, default=1.0, help="of batches and data, to rehearse --gpu-half-hour")
    parser.add_argument("--without-oracles", action="store_true", help="--gpu-half-hour trains no judges")
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--processes", type=int, default=1, help="that share each batch")
    parser.add_argument("--drawers", type=int, default=0, help="processes that draw batches ahead")
    parser.add_argument("--port", type=int, default=29511)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument(
        "--decay-share", type=float, default=0.0, help="last share of the time, in which the rate falls"
    )
    parser.add_argument("--save-seconds", type=float, default=180.0)
    for name in _RECIPE:
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(getattr(CONFIGS["base"], name)))
    return parser.parse_args()


def main() -> None:
    """Trains one stage, or all."""
    chosen = options()
    out = chosen.out or chosen.work / "runs"
    if chosen.gpu_half_hour:
        whole = GpuRun(
            out=out,
            work=chosen.work,
            committed=_ROOT / "checkpoints",
            device=chosen.device,
            ladder=chosen.ladder,
            clips=chosen.render,
            total=chosen.total,
            scale=chosen.scale,
            oracles=not chosen.without_oracles,
        )
        Call(whole, chosen.minutes).work_through()
        return
    changes = {name: getattr(chosen, name) for name in _RECIPE if getattr(chosen, name) is not None}
    start(
        Run(
            config=replace(CONFIGS[chosen.stage], **changes),
            budget=Budget(60 * chosen.minutes, chosen.decay_share, chosen.save_seconds),
            out=out,
            data=chosen.work / "data",
            ladder=chosen.ladder,
            resume=chosen.resume,
            init=chosen.init,
            device=chosen.device,
            threads=chosen.threads,
            processes=chosen.processes,
            port=chosen.port,
            compile=chosen.compile,
            drawers=chosen.drawers,
        )
    )


if __name__ == "__main__":
    main()
