"""The ladder as configuration: the seven stages of Imagen Video (table 1), and how large our networks for them are.

"small" (11.7M parameters) can be trained on two CPU cores and runs the whole clip in 3.7 TFLOP. "large" (28.3M, 57 MB
in half precision, within the pack's 60 MB) wants a GPU for training and 9.2 TFLOP for the clip, which two cores still
do in four minutes. FLOPs were counted with torch's FlopCounter at 16/8/8/8/4/4/2 steps of one evaluation.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from video_diffusion.networks.base import BaseConfig, BaseNetwork
from video_diffusion.networks.super_resolution import SuperResolutionNetwork
from video_diffusion.networks.super_resolution_blocks import SuperResolutionConfig

NetworkConfig = BaseConfig | SuperResolutionConfig
Network = BaseNetwork | SuperResolutionNetwork


@dataclass(frozen=True)
class Stage:
    """One rung: what comes out (frames, pixels, frames per second) and the network that makes it."""

    id: str
    kind: Literal["base", "tsr", "ssr"]
    frames: int
    height: int
    width: int
    fps: int
    network: NetworkConfig


# Root-mean-square difference between Papercut and what each stage starts from (the enlargement of area averages, the
# blend of true neighbouring frames), over 16 to 24 scenes a stage; the noise augmentation adds its own share, see
# `preconditioning`.
RESIDUAL_STD = {"tsr-6": 0.09, "ssr-48": 0.09, "ssr-192": 0.08, "tsr-12": 0.075, "tsr-24": 0.045, "ssr-768": 0.057}


def _ssr(
    stage: str, scale: int, unshuffle: int, widths: tuple[int, ...], blocks: tuple[int, ...], **more: Any
) -> NetworkConfig:
    return SuperResolutionConfig("ssr", scale, unshuffle, widths, blocks, residual_std=RESIDUAL_STD[stage], **more)


def _tsr(stage: str, unshuffle: int, widths: tuple[int, ...], blocks: tuple[int, ...]) -> NetworkConfig:
    return SuperResolutionConfig("tsr", 1, unshuffle, widths, blocks, residual_std=RESIDUAL_STD[stage])


SMALL = (
    Stage("base", "base", 16, 24, 40, 3, BaseConfig(blocks=(2, 2, 3), detail=48)),
    Stage("tsr-6", "tsr", 32, 24, 40, 6, _tsr("tsr-6", 2, (48, 96, 128), (1, 1, 1))),
    Stage(
        "ssr-48",
        "ssr",
        32,
        48,
        80,
        6,
        _ssr("ssr-48", 2, 2, (48, 96, 128), (1, 1, 1), text_attention=True, self_attention=True),
    ),
    Stage("ssr-192", "ssr", 32, 192, 320, 6, _ssr("ssr-192", 4, 4, (48, 96, 128), (1, 1, 1), text_attention=True)),
    Stage("tsr-12", "tsr", 64, 192, 320, 12, _tsr("tsr-12", 4, (48, 96), (1, 1))),
    Stage("tsr-24", "tsr", 128, 192, 320, 24, _tsr("tsr-24", 4, (48, 64), (1, 1))),
    Stage("ssr-768", "ssr", 128, 768, 1280, 24, _ssr("ssr-768", 4, 8, (64, 96), (1, 1), temporal="causal")),
)

LARGE = (
    replace(SMALL[0], network=BaseConfig(widths=(128, 192, 320), blocks=(2, 2, 4), detail=64)),
    replace(SMALL[1], network=_tsr("tsr-6", 2, (64, 128, 192), (1, 2, 2))),
    replace(
        SMALL[2], network=_ssr("ssr-48", 2, 2, (96, 128, 192), (1, 1, 2), text_attention=True, self_attention=True)
    ),
    replace(SMALL[3], network=_ssr("ssr-192", 4, 4, (96, 128, 192), (1, 1, 2), text_attention=True)),
    replace(SMALL[4], network=_tsr("tsr-12", 4, (64, 128, 160), (1, 1, 1))),
    replace(SMALL[5], network=_tsr("tsr-24", 4, (64, 96, 128), (1, 1, 1))),
    replace(SMALL[6], network=_ssr("ssr-768", 4, 8, (96, 128), (1, 2), temporal="causal")),
)

LADDERS: dict[str, tuple[Stage, ...]] = {"small": SMALL, "large": LARGE}


def build(config: NetworkConfig) -> Network:
    """The untrained network of a configuration."""
    return BaseNetwork(config) if isinstance(config, BaseConfig) else SuperResolutionNetwork(config)
