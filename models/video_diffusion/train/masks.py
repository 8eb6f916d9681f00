"""Which frames and regions a training clip is given, drawn at random.

So that text-to-video, image-to-video (first frame), endings, interpolation between two pictures, extension, gaps and
repainting a region are one model (docs/pack-format.md: ``given``, ``given_mask``).
"""

import random

import torch
from torch import Tensor

_KINDS = ("none", "first", "last", "ends", "prefix", "gaps", "region")
_SHARES = (0.60, 0.09, 0.04, 0.06, 0.09, 0.05, 0.07)
_PICTURE_REGION_SHARE = 0.2


def draw_mask(frames: int, height: int, width: int, rng: random.Random) -> Tensor:
    """``[F, 1, H, W]``, 1 where the pixel is given. A picture is given a region or nothing."""
    mask = torch.zeros(frames, 1, height, width)
    if frames == 1:
        kind = "region" if rng.random() < _PICTURE_REGION_SHARE else "none"
    else:
        kind = rng.choices(_KINDS, _SHARES)[0]
    if kind in ("first", "ends"):
        mask[0] = 1
    if kind in ("last", "ends"):
        mask[-1] = 1
    if kind == "prefix":
        mask[: rng.randint(2, max(2, frames - 4))] = 1
    if kind == "gaps":
        for frame in rng.sample(range(frames), rng.randint(1, frames // 2)):
            mask[frame] = 1
    if kind == "region":
        _give_all_but_a_box(mask, rng)
    return mask


def _give_all_but_a_box(mask: Tensor, rng: random.Random) -> None:
    """A box of a quarter to three quarters of each side is to be painted anew, in all frames."""
    _, _, height, width = mask.shape
    box_h, box_w = (rng.randint(side // 4, 3 * side // 4) for side in (height, width))
    top, left = rng.randint(0, height - box_h), rng.randint(0, width - box_w)
    mask[:] = 1
    mask[:, :, top : top + box_h, left : left + box_w] = 0
