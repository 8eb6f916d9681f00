"""Clips whose answers are known: which scenes are asked for, their captions, their labels, their true frames.

Factors are judged on scenes without a change, where each has one value for the whole clip. Seeds lie beyond all that
any training draws from, so no scene here was seen by a denoiser (training uses seeds below 10⁹, other measures 2·10⁹
and 3·10⁹). Does not know any network.
"""

import random
from collections.abc import Iterator
from itertools import islice

import torch
from torch import Tensor

from ..papercut.captions import captions
from ..papercut.render import clip_times, render, render_small, to_uint8
from ..papercut.scene import Scene, Split, sample_scenes
from ..papercut.shards import FRAMES, HEIGHT, WIDTH
from ..papercut.vocabulary import FACTORS as ALL_FACTORS
from ..pixels import from_uint8
from ..resize import resize

FACTORS = ("place", "hour", "weather", "subject", "colour", "motion", "camera")
VALUES: dict[str, tuple[str, ...]] = {factor: ALL_FACTORS[factor] for factor in FACTORS}
# The label of a factor that cannot be told; every head of an oracle has this one more class, its last.
UNCLEAR: dict[str, int] = {factor: len(values) for factor, values in VALUES.items()}

ORACLE_SEEDS = 4_000_000_000
ORACLE_VALIDATION_SEEDS = 4_500_000_000
ANALYTIC_VALIDATION_SEEDS = 4_700_000_000
PROMPT_SEEDS = 5_000_000_000
REFERENCE_SEEDS = 6_000_000_000


def steady_scenes(first_seed: int, split: Split) -> Iterator[Scene]:
    """Scenes without a change, in order of their seeds."""
    return (scene for scene in sample_scenes(first_seed, split) if scene.change == "none")


def evaluation_scenes(count: int, split: Split) -> list[Scene]:
    """The first ``count`` scenes that are asked for: of seen pairs ("train"), of held-out pairs, or of any."""
    offset = {"train": 0, "held-out": 100_000_000, "any": 200_000_000}[split]
    return list(islice(steady_scenes(PROMPT_SEEDS + offset, split), count))


def prompt_of(scene: Scene) -> str:
    """What is asked for: every factor said, synonyms drawn from the scene's own seed."""
    return captions(scene, random.Random(f"prompt/{scene.seed}"), full=True)[0]


def labels_of(scene: Scene) -> Tensor:
    """The scene's factors as class indices, int64 ``[7]`` in the order of ``FACTORS``."""
    return torch.tensor([VALUES[factor].index(getattr(scene, factor)) for factor in FACTORS])


def true_clip(scene: Scene) -> Tensor:
    """The scene as the base model should draw it: uint8 ``[16, 24, 40, 3]``."""
    return to_uint8(render_small(scene, clip_times(FRAMES), HEIGHT, WIDTH)).permute(0, 2, 3, 1)


def true_frames(scene: Scene, times: Tensor, height: int, width: int) -> Tensor:
    """The scene at any size and moments: uint8 ``[T, height, width, 3]``, four samples a pixel up to 192 rows."""
    if height > 192:
        return to_uint8(render(scene, times, height, width)).permute(0, 2, 3, 1)
    return to_uint8(render_small(scene, times, height, width)).permute(0, 2, 3, 1)


def oracle_input(frames: Tensor) -> Tensor:
    """Any stage's frames, uint8 ``[F, H, W, 3]``, as an oracle looks at them: float32 ``[16, 3, 24, 40]`` in [-1, 1].

    Frames are taken evenly, pixels are averaged. Throws ValueError where sixteen frames cannot be taken evenly.
    """
    if len(frames) % FRAMES:
        raise ValueError(f"An oracle looks at {FRAMES} frames, but the clip has {len(frames)}: pass a multiple.")
    clip = from_uint8(frames[:: len(frames) // FRAMES]).permute(0, 3, 1, 2)
    return clip if clip.shape[-2:] == (HEIGHT, WIDTH) else resize(clip, HEIGHT, WIDTH)
