"""The manifest of a pack: stages described from their networks, files with their hashes (docs/pack-format.md)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from video_diffusion.export.canonical_json import Json, sha256
from video_diffusion.export.case import graph_inputs
from video_diffusion.export.graph import is_bound_to_grid
from video_diffusion.networks.ladder import Network, Stage
from video_diffusion.networks.super_resolution import SuperResolutionNetwork
from video_diffusion.networks.temporal import STATE_FRAMES
from video_diffusion.parameterisation import Parameterisation
from video_diffusion.samplers import SamplerChoice
from video_diffusion.schedules import CosineSchedule
from video_diffusion.stage import StageSettings, curve_from_json, thresholding_from_json

CHUNK_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class StageExport:
    """A trained network with what the manifest says about running it.

    `guidance`, `sampler`, `curve` and `thresholding` are the manifest's own JSON (`guidance`, and `defaults.sampler`,
    `.guidance`, `.thresholding`) · `augmentation` is (least, most, default) log-SNR of the input's noise.
    """

    stage: Stage
    network: Network
    title: str
    schedule: CosineSchedule
    steps: int
    guidance: dict[str, Json] = field(default_factory=lambda: {"kind": "classifier-free"})
    sampler: dict[str, Json] = field(default_factory=lambda: {"kind": "ddim"})
    curve: dict[str, Json] = field(default_factory=lambda: {"kind": "constant", "weight": 1.5})
    thresholding: dict[str, Json] = field(default_factory=lambda: {"kind": "static"})
    augmentation: tuple[float, float, float] = (0.0, 12.0, 4.0)
    parameterisation: Parameterisation = "v"

    @property
    def graph(self) -> str:
        return f"{self.stage.id}.onnx"

    def settings(self) -> StageSettings:
        """The manifest's defaults, as the torch reference takes them."""
        return StageSettings(
            steps=self.steps,
            schedule=self.schedule,
            sampler=SamplerChoice(**self.sampler),
            guidance=self.guidance["kind"],
            curve=curve_from_json(self.curve),
            thresholding=thresholding_from_json(self.thresholding),
            augmentation_log_snr=self.augmentation[2],
            parameterisation=self.parameterisation,
        )


def stage_entry(export: StageExport, flops_per_frame: float, bytes_per_frame: float) -> dict[str, Any]:
    """One member of `stages`."""
    stage, schedule = export.stage, export.schedule
    entry: dict[str, Any] = {
        "id": stage.id,
        "kind": stage.kind,
        "title": export.title,
        "graph": export.graph,
        "output": {"frames": stage.frames, "height": stage.height, "width": stage.width, "fps": stage.fps},
        "inputs": graph_inputs(export.network),
        "parameterisation": export.parameterisation,
        "schedule": {
            "kind": "cosine",
            "logSnrMin": schedule.log_snr_min,
            "logSnrMax": schedule.log_snr_max,
            "shift": schedule.shift,
        },
        "guidance": export.guidance,
        "window": window(export.network),
        "cost": {
            "parameters": sum(p.numel() for p in export.network.parameters()),
            "flopsPerFrame": round(flops_per_frame),
            "bytesPerFrame": round(bytes_per_frame),
        },
        "defaults": {
            "steps": export.steps,
            "sampler": export.sampler,
            "guidance": export.curve,
            "thresholding": export.thresholding,
        },
    }
    if stage.kind != "base":
        least, most, default = export.augmentation
        entry["lowRes"] = {
            "resize": "graph",
            **({"temporal": "repeat"} if stage.kind == "tsr" else {}),
            "augmentation": {"logSnrMin": least, "logSnrMax": most, "default": default},
        }
        entry["defaults"]["augmentationLogSnr"] = default
    return entry


def window(network: Network) -> dict[str, Any]:
    """How a stage may be cut into windows, from what its network sees."""
    if is_bound_to_grid(network) or not isinstance(network, SuperResolutionNetwork):
        return {"kind": "whole"}
    config = network.config
    tiles = {"haloPixels": config.halo_pixels(), "multipleOf": config.cell}
    if config.temporal != "causal":
        return {"kind": "halo", "haloFrames": config.halo_frames(), **tiles}
    states = [{"frames": STATE_FRAMES, "channels": c, "cellPixels": cell} for c, cell in network.state_shapes()]
    return {"kind": "causal", **tiles, "states": states}


def file_entry(directory: Path, path: str) -> dict[str, Any]:
    """One member of `files`: size, SHA-256 of the whole and of every 4 MiB piece."""
    data = (directory / path).read_bytes()
    pieces = [data[start : start + CHUNK_BYTES] for start in range(0, len(data), CHUNK_BYTES)]
    return {
        "path": path,
        "sizeBytes": len(data),
        "sha256": sha256(data),
        "chunkSha256": [sha256(piece) for piece in pieces],
    }
