"""Does it repeat itself, or its training data? Distances among seeds, and to the nearest training clip.

Distances among seeds are of oracle features, as a share of those among prompts. The nearest training clip is found on
thumbnails (8 frames of 6×10, mirrored ones included); a true clip that was never trained on gives the distance to
compare with: a model that copies is nearer to its training data than the world itself.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..papercut.shards import existing_shards, shard_path
from .oracle_networks import Oracle
from .oracles import features


def seed_diversity(oracle: Oracle, by_prompt: Sequence[Tensor]) -> float:
    """Mean distance among seeds of one prompt over that among prompts; each entry is ``[seeds, 16, 3, 24, 40]``."""
    seen = [features(oracle, clips) for clips in by_prompt]
    within = torch.stack([torch.pdist(f).mean() for f in seen]).mean()
    return round(float(within / torch.pdist(torch.stack([f.mean(0) for f in seen])).mean()), 4)


def thumbnails(clips: Tensor) -> Tensor:
    """Clips ``[N, 16, 3, 24, 40]`` as vectors ``[N, 1440]``."""
    small = F.avg_pool2d(clips[:, ::2].flatten(0, 1).float(), 4)
    return small.unflatten(0, (len(clips), -1)).flatten(1)


def training_thumbnails(folder: Path, most_shards: int) -> Iterable[Tensor]:
    """Thumbnails of training clips, shard by shard, in [-1, 1]."""
    for number in existing_shards(folder)[:most_shards]:
        yield thumbnails(torch.from_numpy(np.load(shard_path(folder, number))) / 127.5 - 1)


def nearest_training(clips: Tensor, folder: Path, most_shards: int = 64) -> Tensor:
    """Root-mean-square distance of each clip to the nearest training clip, ``[N]``, in units of the range's half."""
    both = [thumbnails(clips), thumbnails(clips.flip(-1))]
    best = torch.full((len(clips),), float("inf"))
    for known in training_thumbnails(folder, most_shards):
        for mine in both:
            best = torch.minimum(best, torch.cdist(mine, known).amin(1))
    return best / both[0].shape[1] ** 0.5
