"""``python -m video_diffusion.distil --stage base --teacher checkpoints/base.safetensors --to 8 --minutes 60``.

Goes on where it was, phase by phase; the result is a small checkpoint whose header says how to sample it. ``--ending
stochastic`` adds a student for the stochastic N-step sampler, ``--ending consistency --to 2`` makes one for one or two
steps.
"""

import argparse
from pathlib import Path

import torch

from ..networks.ladder import LADDERS
from ..precision import fast_bfloat16
from ..train.config import CONFIGS
from .phases import MOST_GUIDANCE
from .run import Call, Distillation, plan, start, student_config

_ROOT = Path(__file__).resolve().parents[2]


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", choices=sorted(CONFIGS), required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="a small checkpoint of the undistilled stage")
    parser.add_argument("--from", dest="first", type=int, default=32, help="steps of the teacher")
    parser.add_argument("--to", dest="last", type=int, default=8, help="steps of the student")
    parser.add_argument("--ending", choices=("ddim", "stochastic", "consistency"), default="ddim")
    parser.add_argument("--minutes", type=float, default=30.0, help="of all phases together, earlier calls included")
    parser.add_argument("--most-guidance", type=float, help="largest w (default: the stage's own)")
    parser.add_argument("--weighting", choices=("v", "truncated"), default="v")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--clips", type=int, help="size of a batch (default: the stage's own)")
    parser.add_argument("--picture-share", type=float, default=0.1)
    parser.add_argument("--ladder", choices=sorted(LADDERS), default="small")
    parser.add_argument("--work", type=Path, default=_ROOT / "work")
    parser.add_argument("--out", type=Path, help="default: checkpoints/distilled/<stage>.safetensors")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--drawers", type=int, default=0, help="processes that draw batches ahead")
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--processes", type=int, default=1, help="that share each batch")
    parser.add_argument("--port", type=int, default=29512)
    return parser.parse_args()


def main() -> None:
    """Distils one stage."""
    chosen = options()
    most = MOST_GUIDANCE.get(chosen.stage, 0.0) if chosen.most_guidance is None else chosen.most_guidance
    run = Distillation(
        stage=chosen.stage,
        teacher=chosen.teacher,
        phases=plan(chosen.stage, chosen.teacher, chosen.first, chosen.last, chosen.ending, most),
        seconds=60 * chosen.minutes,
        folder=chosen.work / "runs" / "distil" / f"{chosen.stage}-{chosen.ending}",
        result=chosen.out or _ROOT / "checkpoints" / "distilled" / f"{chosen.stage}.safetensors",
        config=student_config(chosen.stage, chosen.rate, chosen.clips, chosen.picture_share),
        most_guidance=most,
        weighting=chosen.weighting,
        device=chosen.device,
        bfloat16=fast_bfloat16(chosen.device),
    )
    print(" → ".join(phase.name for phase in run.phases), flush=True)
    start(Call(run, chosen.work / "data", chosen.ladder, chosen.threads, chosen.processes, chosen.drawers, chosen.port))


if __name__ == "__main__":
    main()
