"""What a large GPU is given: sizes of batches, rates, and where a run has its files. Knows no schedule of phases."""

from dataclasses import dataclass, replace
from pathlib import Path

from .config import CONFIGS, TrainConfig

_CLIPS = {"base": 192, "tsr-6": 64, "ssr-48": 128, "ssr-192": 64, "tsr-12": 64, "tsr-24": 64, "ssr-768": 48}
_PICTURES = {"base": 768, "ssr-48": 512, "ssr-192": 192, "ssr-768": 128}
_STUDENT_CLIPS = 96
TEACHER_STEPS, STUDENT_STEPS = 32, 8


@dataclass(frozen=True)
class GpuRun:
    """``work`` holds data and full checkpoints, ``committed`` small ones to start the small ladder from, ``out``
    receives the bundle · ``total`` minutes of all calls together · ``clips`` to render for the base model · ``scale``
    below 1 makes batches, films and corpus smaller, to rehearse on a CPU."""

    out: Path
    work: Path
    committed: Path
    device: str
    ladder: str
    clips: int
    total: float = 30.0
    scale: float = 1.0
    oracles: bool = True

    @property
    def runs(self) -> Path:
        """Checkpoints, logs and ledger of this ladder."""
        return self.work / f"gpu-{self.ladder}"


def gpu_config(stage: str, scale: float, begun: bool) -> TrainConfig:
    """A stage's recipe for a large GPU: larger batches at a higher rate, a longer average, whole clips."""
    config = CONFIGS[stage]
    return replace(
        config,
        clips=max(1, round(scale * _CLIPS[stage])),
        pictures=max(1, round(scale * _PICTURES.get(stage, 1))),
        picture_steps=0 if begun else min(config.picture_steps, 400),
        rate=1.2e-3,
        ema=0.9985 if stage == "base" else 0.997,
    )


def student_config(stage: str, scale: float) -> TrainConfig:
    """A student's recipe: clips alone, at a lower rate, with a shorter average."""
    config = gpu_config(stage, scale, begun=True)
    clips = max(1, round(scale * _STUDENT_CLIPS))
    return replace(config, clips=clips, picture_share=0.0, rate=4e-4, warm_up=50, ema=0.995)
