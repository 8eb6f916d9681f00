"""`python -m video_diffusion.golden`: writes every golden vector into `models/golden`."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from video_diffusion.golden.formulas import guidances, parameterisations, schedules
from video_diffusion.golden.pictures import conditioning, pixels, random, resizing
from video_diffusion.golden.sampling import samplers
from video_diffusion.golden.stages import whole_stages

DEFAULT_OUT = Path(__file__).resolve().parents[2] / "golden"

SUBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "random": random,
    "schedules": schedules,
    "parameterisation": parameterisations,
    "guidance": guidances,
    "samplers": samplers,
    "resize": resizing,
    "pixels": pixels,
    "conditioning": conditioning,
    "test-pack-stages": whole_stages,
}


def write_golden(directory: Path) -> list[Path]:
    """Writes one file per subject and returns their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, make in SUBJECTS.items():
        path = directory / f"{name}.json"
        path.write_text(json.dumps(make(), separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    torch.set_num_threads(1)
    for path in write_golden(parser.parse_args().out):
        print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
