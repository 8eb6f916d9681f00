"""Is this machine what the GPU run needs? Looked at first, and said in one line of JSON, so that no minute is lost."""

import importlib.metadata
import os
import shutil
import sys
from pathlib import Path

import torch

# What the run imports; versions are said, none is required.
_PACKAGES = ("torch", "numpy", "safetensors", "tokenizers", "pillow")
_DISK_BYTES = 30 * 2**30


class UnfitMachineError(RuntimeError):
    """Something is missing that cannot be had without a network."""


def examine(device: str, work: Path) -> dict[str, object]:
    """What there is. Throws UnfitMachineError where the run could not even begin."""
    missing = [name for name in _PACKAGES if _version(name) is None]
    if missing:
        raise UnfitMachineError(
            f"{sys.executable} lacks {', '.join(missing)}. Use the interpreter that has torch, and bring the rest as "
            "wheels (pip download --no-deps) on PYTHONPATH: this needs no network."
        )
    if device == "cuda" and not torch.cuda.is_available():
        raise UnfitMachineError(
            f"torch {torch.__version__} sees no CUDA device. Use the interpreter whose torch was built for CUDA, or "
            "pass --device cpu to rehearse."
        )
    work.mkdir(parents=True, exist_ok=True)
    found: dict[str, object] = {name: _version(name) for name in _PACKAGES}
    found |= {"python": sys.version.split()[0], "cores": cores(), "free disk GiB": _free(work) // 2**30}
    if _free(work) < _DISK_BYTES:
        found["warning"] = f"little room in {work}: films of 512 scenes of the last stage alone take 12 GiB"
    if device == "cuda":
        name, memory = torch.cuda.get_device_name(), torch.cuda.mem_get_info()[1]
        found |= {"gpu": name, "gpu GiB": memory // 2**30, "bfloat16": torch.cuda.is_bf16_supported()}
    return found


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
