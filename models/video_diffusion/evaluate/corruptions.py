"""Clips spoilt on purpose: what an oracle must refuse, and the ladder that distances must climb.

Two kinds. *Refusals* take a clip, the subject's track and a second clip, and say which factors can no longer be told:
blurred, bent, halved, doubled, melted or missing subjects, places without peaks, houses or trees, and frames out of
order: the faults of weak models.
*Ladders* take a strength. Clips are float32 ``[F, 3, H, W]`` in [-1, 1], tracks ``[F, 3]`` (x, y and half
height in units of the frame's height, as in ``papercut.motion``). Does not know networks.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..papercut.scene import Scene


@dataclass(frozen=True)
class Clip:
    """A clip and the answers to it."""

    frames: Tensor
    track: Tensor
    scene: Scene


def subject_mask(track: Tensor, height: int, width: int, reach: float = 1.0) -> Tensor:
    """1 inside the subject's circle (``reach`` radii), 0 outside, softly: ``[F, 1, H, W]``."""
    x = ((torch.arange(width) + 0.5) / height - width / (2 * height)).view(1, 1, 1, -1)
    y = (0.5 - (torch.arange(height) + 0.5) / height).view(1, 1, -1, 1)
    at_x, at_y, radius = (track[:, i].view(-1, 1, 1, 1) for i in range(3))
    distance = ((x - at_x).square() + (y - at_y).square()).sqrt()
    return ((reach * radius - distance) * height / 2 + 0.5).clamp(0, 1)


def blur(frames: Tensor, pixels: float) -> Tensor:
    """Gaussian blur in space with this standard deviation."""
    reach = max(1, math.ceil(2.5 * pixels))
    kernel = torch.exp(-0.5 * (torch.arange(-reach, reach + 1) / pixels) ** 2)
    kernel = (kernel / kernel.sum()).view(1, 1, 1, -1).repeat(3, 1, 1, 1)
    rows = F.conv2d(F.pad(frames, (reach, reach, 0, 0), "replicate"), kernel, groups=3)
    return F.conv2d(F.pad(rows, (0, 0, reach, reach), "replicate"), kernel.mT, groups=3)


# Subjects wider than high, whose track's radius is half their height.
_WIDE = {"train": 1.6, "car": 1.25, "whale": 1.2}


def _within(mask: Tensor, inside: Tensor, outside: Tensor) -> Tensor:
    return mask * inside + (1 - mask) * outside


def _mask(clip: Clip, reach: float = 1.1) -> Tensor:
    return subject_mask(clip.track, *clip.frames.shape[-2:], reach * _WIDE.get(clip.scene.subject, 1.0))


def _without_subject(clip: Clip) -> Tensor:
    """The subject painted over with what surrounds it."""
    mask = _mask(clip, 1.25)
    around = blur((1 - mask) * clip.frames, 4.0) / blur((1 - mask).expand(-1, 3, -1, -1), 4.0).clamp(min=1e-3)
    return _within(mask, around, clip.frames)


def blurred_subject(clip: Clip, _: Clip, rng: random.Random) -> tuple[Tensor, set[str]]:
    """The subject out of focus."""
    return _within(_mask(clip), blur(clip.frames, rng.uniform(1.6, 3.0)), clip.frames), {"subject"}


def bent_subject(clip: Clip, _: Clip, rng: random.Random) -> tuple[Tensor, set[str]]:
    """The subject bent by a smooth random field, in every frame anew or once for all."""
    frames, _, height, width = clip.frames.shape
    generator = torch.Generator().manual_seed(rng.getrandbits(40))
    fields = frames if rng.random() < 0.5 else 1
    coarse = torch.randn(fields, 2, 6, 10, generator=generator) * rng.uniform(1.6, 2.6)
    field = F.interpolate(coarse, (height, width), mode="bicubic", align_corners=False).expand(frames, -1, -1, -1)
    rows, columns = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    grid = torch.stack([(columns + field[:, 0]) * 2 / width - 1, (rows + field[:, 1]) * 2 / height - 1], -1)
    bent = F.grid_sample(clip.frames, grid, padding_mode="border", align_corners=False)
    return _within(_mask(clip), bent, clip.frames), {"subject"}


def melted_subject(clip: Clip, _: Clip, rng: random.Random) -> tuple[Tensor, set[str]]:
    """A blob of the subject's own colour in its place."""
    core = _mask(clip, 0.5)
    tone = (clip.frames * core).sum((2, 3), keepdim=True) / core.sum((2, 3), keepdim=True).clamp(min=1e-3)
    spot = _mask(clip, rng.uniform(0.55, 0.9))
    return _within(blur(spot.expand(-1, 3, -1, -1), 1.0), tone, _without_subject(clip)), {"subject"}


def halved_subject(clip: Clip, other: Clip, _: random.Random) -> tuple[Tensor, set[str]]:
    """One half of it is another subject's."""
    moved = _moved_to(other, clip.track)
    height, width = clip.frames.shape[-2:]
    x = ((torch.arange(width) + 0.5) / height - width / (2 * height)).view(1, 1, 1, -1)
    half = _mask(clip) * (x > clip.track[:, 0].view(-1, 1, 1, 1))
    unclear = {f for f in ("subject", "colour") if getattr(clip.scene, f) != getattr(other.scene, f)}
    return _within(half, moved, clip.frames), unclear


def doubled_subject(clip: Clip, _: Clip, rng: random.Random) -> tuple[Tensor, set[str]]:
    """There are two of it, the second on the side where there is more room."""
    way = (-1 if clip.track[:, 0].mean() > 0 else 1) * rng.uniform(0.45, 0.7)
    aside = clip.track + torch.tensor([way, rng.uniform(-0.1, 0.1), 0.0])
    copy = _mask(Clip(clip.frames, aside, clip.scene), 0.95)
    return _within(copy, _moved_to(clip, aside), clip.frames), {"subject"}


def missing_subject(clip: Clip, _: Clip, __: random.Random) -> tuple[Tensor, set[str]]:
    """There is nothing where it should be."""
    return _without_subject(clip), {"subject", "colour", "motion"}


def mixed_frames(clip: Clip, _: Clip, rng: random.Random) -> tuple[Tensor, set[str]]:
    """Frames out of order; what stands still cannot show it."""
    unclear = {"motion"} if clip.scene.motion != "stay" else set()
    if clip.scene.camera != "static":
        unclear |= {"camera"}
    return shuffle_frames(clip.frames, rng), unclear


# The sea has no more than its bands.
_PLACES_WITH_SHAPES = ("mountains", "city", "forest", "snow", "desert")


def smeared_place(clip: Clip, _: Clip, rng: random.Random) -> tuple[Tensor, set[str]]:
    """Everything but the subject loses its shapes and keeps its colours, from somewhere above the horizon down: rows
    become their mean, or a wide blur. Now and then the sky alone is smeared, which hides no place."""
    height, width = clip.frames.shape[-2:]
    mask = _mask(clip, 1.25)
    behind = (1 - mask).expand(-1, 3, -1, -1)
    if rng.random() < 0.5:
        smeared = (behind * clip.frames).mean(3, keepdim=True) / behind.mean(3, keepdim=True).clamp(min=1e-3)
        smeared = smeared.expand(-1, -1, -1, width)
    else:
        pixels = rng.uniform(1.5, 3.5)
        smeared = blur(behind * clip.frames, pixels) / blur(behind, pixels).clamp(min=1e-3)
    edge, rows = rng.uniform(0.2, 0.4) * height, torch.arange(height).view(1, 1, -1, 1)
    sky_alone = rng.random() < 0.25
    chosen = ((rows < edge) if sky_alone else (rows >= edge)).float()
    hidden = {"place"} if clip.scene.place in _PLACES_WITH_SHAPES and not sky_alone else set()
    return _within((1 - mask) * chosen, smeared, clip.frames), hidden


Refusal = Callable[[Clip, Clip, random.Random], tuple[Tensor, set[str]]]
REFUSALS: tuple[Refusal, ...] = (
    blurred_subject,
    bent_subject,
    melted_subject,
    halved_subject,
    doubled_subject,
    missing_subject,
    mixed_frames,
    smeared_place,
)


def _moved_to(clip: Clip, track: Tensor) -> Tensor:
    """Each frame shifted by whole pixels, so that its subject is where ``track`` says."""
    height = clip.frames.shape[-2]
    columns = ((track[:, 0] - clip.track[:, 0]) * height).round().int().tolist()
    rows = ((clip.track[:, 1] - track[:, 1]) * height).round().int().tolist()
    return torch.stack(
        [frame.roll((row, column), (1, 2)) for frame, row, column in zip(clip.frames, rows, columns, strict=True)]
    )


def shuffle_frames(frames: Tensor, rng: random.Random) -> Tensor:
    """All frames in random order."""
    order = list(range(len(frames)))
    rng.shuffle(order)
    return frames[order]


def freeze(frames: Tensor, share: float) -> Tensor:
    """The last ``share`` of the frames is one repeated frame."""
    last = max(0, min(len(frames) - 1, round(len(frames) * (1 - share))))
    return torch.cat([frames[:last], frames[last : last + 1].expand(len(frames) - last, -1, -1, -1)])


def add_noise(frames: Tensor, std: float, rng: random.Random) -> Tensor:
    """Independent normal noise on every pixel, clipped to the range."""
    generator = torch.Generator().manual_seed(rng.getrandbits(40))
    return (frames + std * torch.randn(frames.shape, generator=generator)).clamp(-1, 1)


def shuffle_some(frames: Tensor, share: float, rng: random.Random) -> Tensor:
    """A share of the frames changes places among themselves."""
    chosen = sorted(rng.sample(range(len(frames)), max(2, round(share * len(frames)))))
    moved = chosen[1:] + chosen[:1]
    shuffled = frames.clone()
    shuffled[chosen] = frames[moved]
    return shuffled


Ladder = Callable[[Tensor, float, random.Random], Tensor]
# Each ladder with its strengths, weakest first.
LADDERS: dict[str, tuple[Ladder, tuple[float, ...]]] = {
    "blur": (lambda frames, strength, _: blur(frames, strength), (0.5, 1.0, 2.0)),
    "noise": (add_noise, (0.05, 0.15, 0.4)),
    "freeze": (lambda frames, strength, _: freeze(frames, strength), (0.25, 0.5, 1.0)),
    "shuffle": (shuffle_some, (0.25, 0.5, 1.0)),
}
