"""How the starter pack samples each stage: titles, steps and guidance, distilled or not.

A distilled checkpoint's header says how it is sampled; an undistilled one gets what gave the best result within the
time. The evaluation takes the same settings from here, so what is measured is what ships.
"""

from dataclasses import replace
from pathlib import Path

import torch

from video_diffusion.distil.phases import Distilled
from video_diffusion.export.manifest import Json, StageExport
from video_diffusion.networks.ladder import SMALL, Network, Stage, build
from video_diffusion.schedules import CosineSchedule
from video_diffusion.train.checkpoint import load_network, read_header, small_checkpoint
from video_diffusion.train.config import CONFIGS

TITLES = {
    "base": "Base",
    "tsr-6": "Frames to 6 a second",
    "ssr-48": "Pixels to 80 × 48",
    "ssr-192": "Pixels to 320 × 192",
    "tsr-12": "Frames to 12 a second",
    "tsr-24": "Frames to 24 a second",
    "ssr-768": "Pixels to 1280 × 768",
}
# Undistilled steps. Super-resolution starts near its answer: on true inputs two steps of ssr-48 and tsr-6 were .7 and
# 1.2 dB better than eight (docs/log.md); where pixels are added, three leave room for detail that the input does
# not decide. The base draws fresh noise in every step, which mends what a young model got wrong in the steps before.
STEPS = {"base": 24, "tsr-6": 2, "ssr-48": 3, "ssr-192": 3, "tsr-12": 2, "tsr-24": 2, "ssr-768": 2}
DDIM: dict[str, Json] = {"kind": "ddim"}
SAMPLERS: dict[str, dict[str, Json]] = {"base": {"kind": "ancestral", "gamma": 0.0}}
GUIDANCE_WEIGHT = {"base": 1.5}
# Least, most and default log-SNR of the noise on what the stage before made. λ = 4 (σ = .13) cost tsr-6 6.7 dB and
# ssr-48 3.1 dB on true inputs, λ = 8 (σ = .02) .5 and .2 dB.
AUGMENTATION = (0.0, 12.0, 8.0)


def stage_export(stage: Stage, network: Network, header: dict[str, str] | None = None) -> StageExport:
    """The stage as its checkpoint's header says it was distilled, else with the undistilled defaults.

    Every stage was trained with prompts left out at times, so every stage can be guided; above the base none is unless
    somebody asks (w = 0 costs no second evaluation).
    """
    undistilled = StageExport(
        replace(stage, network=network.config),
        network,
        TITLES[stage.id],
        CosineSchedule(shift=CONFIGS[stage.id].shift),
        STEPS[stage.id],
        sampler=SAMPLERS.get(stage.id, DDIM),
        guidance={"kind": "classifier-free"},
        curve={"kind": "constant", "weight": GUIDANCE_WEIGHT.get(stage.id, 0.0)},
        augmentation=AUGMENTATION,
    )
    distilled = Distilled.read(header or {})
    if distilled is None:
        return undistilled
    guidance = {"kind": "none"}
    if distilled.most_guidance:
        guidance = {"kind": "distilled", "weightMin": 0.0, "weightMax": distilled.most_guidance}
    return replace(undistilled, steps=distilled.steps, sampler={"kind": distilled.sampler}, guidance=guidance)


def stage_exports(checkpoints: Path, untrained: bool) -> tuple[list[StageExport], dict[str, Path]]:
    """The seven stages, and the checkpoints that they come from.

    Throws FileNotFoundError where one is missing, unless ``untrained``: then it is a fresh network.
    """
    exports, files = [], {}
    for stage in SMALL:
        path = small_checkpoint(checkpoints, stage.id)
        if path is not None:
            files[stage.id] = path
            exports.append(stage_export(stage, load_network(path), read_header(path)))
        elif untrained:
            torch.manual_seed(0)
            exports.append(stage_export(stage, build(stage.network).eval()))
        else:
            raise FileNotFoundError(
                f"No checkpoint of {stage.id} in {checkpoints}: train that stage, or pass --untrained to measure "
                "speed only."
            )
    return exports, files
