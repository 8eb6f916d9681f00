"""A judge without weights: the subject's colour, where it is and which way it goes, from pixels alone.

The sky and the land of Papercut hardly change along a row, so what differs from its row's median stands out; what also
differs from its own pixel's median through time moves. Among what stands out, the pixels near one of the eight papers
(in the light of some hour) vote for that colour, most where they lie together, and their centre in each frame is the
subject's position. Knows the palette; knows no scene, no prompt and no training. How often it is right on true clips is
measured by `validate_analytic`.
"""

import random
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import torch
from torch import Tensor

from ..papercut.motion import subject_track
from ..papercut.palette import PAPER, SUBJECT_LIGHT
from ..papercut.render import clip_times
from ..papercut.shards import FRAMES
from ..papercut.vocabulary import COLOURS
from .corruptions import Clip, missing_subject
from .intervals import Rate
from .world import ANALYTIC_VALIDATION_SEEDS, oracle_input, steady_scenes, true_clip

Direction = Literal["left", "right", "rise", "fall", "none"]

# Display units (0…1), tried on some hundred true clips of other seeds than the validation's.
_STANDS_OUT = 0.22
_NEAR_PAPER = 0.10
_MOVES = 0.15
# Of the frame's height, over the clip: half of the shortest way of a subject that goes somewhere (see papercut.motion).
_LEAST_WAY = 0.25
# Full votes within 7×7 pixels below which there is no subject.
_LEAST_PIXELS = 0.75
# Clouds, snow, the moon and many subjects' trimmings are white, too.
_WHITE_COUNTS = 0.3


@dataclass(frozen=True)
class Sight:
    """``colour`` (None: no subject), ``track`` ``[16, 2]`` x and y in units of the frame's height, ``direction``."""

    colour: str | None
    track: Tensor
    direction: Direction


def lit_papers() -> Tensor:
    """The eight papers in the light of the four hours, ``[8, 4, 3]`` in [0, 1]."""
    light = torch.tensor(list(SUBJECT_LIGHT.values()))
    return torch.tensor([PAPER[name] for name in COLOURS])[:, None] * light


def look(clip: Tensor) -> Sight:
    """What is seen in a clip ``[16, 3, 24, 40]`` in [-1, 1]."""
    rgb = (clip + 1) / 2
    row = rgb.permute(2, 1, 0, 3).flatten(2).median(2).values.mT
    stands_out = ((rgb - row[None, :, :, None]).square().sum(1).sqrt() / _STANDS_OUT).clamp(0, 1)
    moves = ((rgb - rgb.median(0).values).square().sum(1).sqrt() / _MOVES).clamp(0, 1)
    difference = rgb.permute(0, 2, 3, 1)[..., None, None, :] - lit_papers()
    near = torch.exp(-difference.square().sum(-1).amin(-1) / (2 * _NEAR_PAPER**2))
    votes = near * (stands_out.square() * (0.25 + 0.75 * moves))[..., None]
    together = torch.nn.functional.avg_pool2d(votes.permute(0, 3, 1, 2), 7, 1, 3).amax((2, 3)).mean(0) * 49
    together[COLOURS.index("white")] *= _WHITE_COUNTS
    best = int(together.argmax())
    if together[best] < _LEAST_PIXELS:
        return Sight(None, torch.zeros(FRAMES, 2), "none")
    track = centres(votes[..., best])
    return Sight(COLOURS[best], track, direction_of(track))


def centres(weight: Tensor) -> Tensor:
    """Robust centre of each frame's weights ``[F, H, W]``: the mean, then the mean of what is near it, ``[F, 2]``."""
    frames, height, width = weight.shape
    x = ((torch.arange(width) + 0.5) / height - width / (2 * height)).view(1, 1, -1).expand(frames, height, -1)
    y = (0.5 - (torch.arange(height) + 0.5) / height).view(1, -1, 1).expand(frames, -1, width)
    smooth = torch.nn.functional.avg_pool2d(weight[:, None], 7, 1, 3)[:, 0]
    peak = smooth.flatten(1).argmax(1)
    at_x, at_y = x.flatten(1).gather(1, peak[:, None]), y.flatten(1).gather(1, peak[:, None])
    for _ in range(3):
        near = ((x - at_x[..., None]).square() + (y - at_y[..., None]).square()) < 0.3**2
        kept = weight * near + 1e-9
        total = kept.sum((1, 2))
        at_x, at_y = (((kept * axis).sum((1, 2)) / total)[:, None] for axis in (x, y))
    return torch.cat([at_x, at_y], 1)


def direction_of(track: Tensor) -> Direction:
    """Where a track ``[F, 2]`` leads: the straight line through it, if it is long enough and explains the motion."""
    t = torch.linspace(-0.5, 0.5, len(track))
    way = (track * t[:, None]).sum(0) / t.square().sum()
    off = (track - track.mean(0) - way * t[:, None]).square().sum(1).mean().sqrt()
    dx, dy = way.tolist()
    if max(abs(dx), abs(dy)) < max(_LEAST_WAY, 2 * float(off)):
        return "none"
    if abs(dx) > abs(dy):
        return "right" if dx > 0 else "left"
    return "rise" if dy > 0 else "fall"


def validate_analytic(count: int) -> dict[str, dict[str, object]]:
    """Its own accuracy on true clips: colour, position (median error, in frame heights), direction, refusals."""
    scenes = [s for s in islice(steady_scenes(ANALYTIC_VALIDATION_SEEDS, "any"), count) if s.camera == "static"]
    times = clip_times(FRAMES).view(-1, 1, 1)
    colours, directions, errors, refused = [], [], [], []
    for scene in scenes:
        clip, track = oracle_input(true_clip(scene)), subject_track(scene, times)
        sight = look(clip)
        colours.append(sight.colour == scene.colour)
        if scene.motion in ("left", "right", "rise", "fall"):
            directions.append(sight.direction == scene.motion)
        errors.append((sight.track - track[:, :2]).square().sum(1).sqrt().median())
        nothing, _ = missing_subject(Clip(clip, track, scene), Clip(clip, track, scene), random.Random(0))
        refused.append(look(nothing).colour != scene.colour)
    return {
        "colour": Rate.of(sum(colours), len(colours)).json(),
        "direction": Rate.of(sum(directions), len(directions)).json(),
        "position": {"median_error_heights": round(float(torch.stack(errors).median()), 4)},
        "missing_subject_noticed": Rate.of(sum(refused), len(refused)).json(),
    }
