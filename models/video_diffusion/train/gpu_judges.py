"""The evaluation's two oracles, trained beside the denoisers in processes of their own, mostly on a core each."""

import subprocess
import sys

from ..papercut.shards import existing_shards
from .gpu_recipe import GpuRun

JUDGES = ("report", "select")


def start_judges(run: GpuRun, minutes: float) -> list[subprocess.Popen[bytes]]:
    """Begins, or goes on, with both, for so long; none where there is no time or nothing rendered yet."""
    if minutes < 1 or not existing_shards(run.work / "data"):
        return []
    module = "video_diffusion.evaluate.train_oracle"
    return [
        subprocess.Popen(
            [sys.executable, "-m", module, "--which", which, "--minutes", f"{minutes:.2f}", "--batch", "64",
             "--device", run.device, "--work", str(run.work), "--checkpoints", str(run.runs)]
        )
        for which in JUDGES
    ]  # fmt: skip
