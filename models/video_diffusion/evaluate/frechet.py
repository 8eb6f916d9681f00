"""Fréchet distances between sets of clips, on an oracle's features: of frames, of whole clips, of frame differences.

    d² = |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)

in the first principal directions of a large true set, so that a few hundred clips give a covariance of full rank. A
distance depends on the number of clips: it means something beside the *floor* (two true sets of the same size) and the
ladder of corruptions, and nothing beside another world's. Source: Heusel et al. (1706.08500).
"""

import random
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from .corruptions import LADDERS
from .oracle_networks import Oracle
from .oracles import features

_DIRECTIONS = 32


def _root(matrix: Tensor) -> Tensor:
    """The square root of a positive semidefinite matrix."""
    values, vectors = torch.linalg.eigh(matrix)
    return (vectors * values.clamp(min=0).sqrt()) @ vectors.mT


def frechet_distance(a: Tensor, b: Tensor) -> float:
    """d² between normal distributions fitted to features ``[N, D]`` and ``[M, D]``, in float64."""
    a, b = a.double(), b.double()
    first, second = torch.cov(a.mT), torch.cov(b.mT)
    root = _root(first)
    cross = _root(root @ second @ root)
    means = (a.mean(0) - b.mean(0)).square().sum()
    return float(means + torch.trace(first) + torch.trace(second) - 2 * torch.trace(cross))


def views(clips: Tensor) -> dict[str, Tensor]:
    """What is compared, each as clips ``[N, 16, 3, 24, 40]``: one frame held, the clip, its frame differences."""
    differences = torch.diff(clips, dim=1, append=clips[:, -1:])
    held = clips[:, 5:6].expand(-1, clips.shape[1], -1, -1, -1)
    return {"frames": held, "clips": clips, "differences": differences}


@dataclass(frozen=True)
class Projection:
    """Principal directions ``[D, K]`` of a true set's features, in units of their total spread, and their mean.

    Not whitened: with a few hundred clips the directions in which little varies would drown the rest.
    """

    mean: Tensor
    directions: Tensor

    @staticmethod
    def of(seen: Tensor) -> "Projection":
        """From features ``[N, D]`` of true clips."""
        centred = seen.double() - seen.double().mean(0)
        _, values, vectors = torch.linalg.svd(centred, full_matrices=False)
        kept = min(_DIRECTIONS, int((values > 1e-4 * values[0]).sum()))
        return Projection(seen.double().mean(0), vectors[:kept].mT / centred.square().sum(1).mean().sqrt())

    def __call__(self, seen: Tensor) -> Tensor:
        return (seen.double() - self.mean) @ self.directions


class FrechetReference:
    """A true set, ready to be compared with."""

    def __init__(self, oracle: Oracle, clips: Tensor) -> None:
        self.oracle, self.count = oracle, len(clips)
        seen = {name: features(oracle, view) for name, view in views(clips).items()}
        self.projections = {name: Projection.of(value) for name, value in seen.items()}
        self.seen = {name: self.projections[name](value) for name, value in seen.items()}

    def distances(self, clips: Tensor) -> dict[str, float]:
        """The distance of each view of ``clips`` from the true set's."""
        return {
            name: round(frechet_distance(self.projections[name](features(self.oracle, view)), self.seen[name]), 5)
            for name, view in views(clips).items()
        }

    def ladder(self, clips: Tensor) -> dict[str, list[dict[str, object]]]:
        """Distances of true ``clips`` spoilt more and more, by kind of corruption."""
        rungs: dict[str, list[dict[str, object]]] = {}
        for kind, (spoil, strengths) in LADDERS.items():
            rungs[kind] = []
            for strength in strengths:
                rng = random.Random(f"{kind}/{strength}")
                spoilt = torch.stack([spoil(clip, strength, rng) for clip in clips])
                rungs[kind].append({"strength": strength, **self.distances(spoilt)})
        return rungs


def is_ordered(rungs: list[dict[str, object]], view: str, floor: float) -> bool:
    """Whether the distance rises with the corruption, from above the floor."""
    values = [floor, *(float(rung[view]) for rung in rungs)]
    return all(a < b for a, b in pairwise(values))
