"""`python -m video_diffusion.speed base=16 …`: seconds of one evaluation of a pack's stages in PyTorch.

The other half of `npm run bench`, which measures the same shapes on ONNX Runtime. Weights do not change the time, so
the networks are built fresh from the ladder's configuration.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable

import torch

from video_diffusion.export import test_pack
from video_diffusion.export.case import Case, case_inputs
from video_diffusion.export.graph import Denoiser
from video_diffusion.networks.ladder import LADDERS, Stage, build
from video_diffusion.text.tokenizer import MAX_TOKENS

STAGES = {"papercut": LADDERS["small"], "papercut-test": test_pack.STAGES}


def median_seconds(evaluate: Callable[[], object], rounds: int) -> float:
    """Median after one evaluation that is not counted."""
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        evaluate()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


@torch.inference_mode()
def measure(stage: Stage, frames: int, rounds: int, compiled: bool) -> dict[str, object]:
    """Seconds of one evaluation at the stage's full size: eager as a network comes, eager with its weights laid out
    channels last (which CPUs like better), compiled."""
    network = build(stage.network).eval()
    case = Case(stage.id, 1, stage.height, stage.width, (0,) * frames)
    text = torch.full((1, MAX_TOKENS, network.config.text_width), 0.1)
    inputs = case_inputs(network, case, text, torch.ones(1, MAX_TOKENS))
    denoiser = Denoiser(network, list(inputs)).eval()
    eager = median_seconds(lambda: denoiser(*inputs.values()), rounds)
    network.to(memory_format=torch.channels_last)
    channels_last = median_seconds(lambda: denoiser(*inputs.values()), rounds)
    fused = None
    if compiled:
        fast = torch.compile(denoiser, dynamic=False)
        fused = median_seconds(lambda: fast(*inputs.values()), rounds)
    return {"stage": stage.id, "eagerSec": eager, "channelsLastSec": channels_last, "compiledSec": fused}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", choices=STAGES, default="papercut")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("stages", nargs="+", metavar="STAGE=FRAMES")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    frames = dict(stage.split("=") for stage in arguments.stages)
    chosen = [stage for stage in STAGES[arguments.pack] if stage.id in frames]
    print(json.dumps([measure(s, int(frames[s.id]), arguments.rounds, arguments.compile) for s in chosen]))


if __name__ == "__main__":
    main()
