"""Does the clip show what was asked for? Accuracy by factor and of all at once, ceiling, floor, and R-precision.

Knows answers and questions as class indices in the order of ``world.FACTORS``; an answer *unclear* is never right.
"""

import random
from collections.abc import Sequence

import torch
from torch import Tensor

from ..papercut.scene import Scene
from .intervals import Rate
from .oracle_networks import Oracle
from .oracles import answers, labels_of_all, log_likelihood
from .world import FACTORS, UNCLEAR

Rates = dict[str, dict[str, float | int]]
_NEGATIVES_PER_FACTOR = 2


def accuracy(named: Tensor, scenes: Sequence[Scene]) -> Rates:
    """Rates by factor, of *moving motion* (subjects that go somewhere), and of all factors at once."""
    right = named == labels_of_all(scenes)
    rates = {factor: Rate.of(int(right[:, i].sum()), len(right)).json() for i, factor in enumerate(FACTORS)}
    moving = torch.tensor([scene.motion != "stay" for scene in scenes])
    if moving.any():
        moved = right[moving, FACTORS.index("motion")]
        rates["moving motion"] = Rate.of(int(moved.sum()), len(moved)).json()
    rates["all"] = Rate.of(int(right.all(1).sum()), len(right)).json()
    return rates


def judged(oracle: Oracle, clips: Tensor, scenes: Sequence[Scene]) -> dict[str, Rates | float]:
    """Accuracy, its floor (the same clips under the next prompt's caption), R-precision, share of refused subjects."""
    named = answers(oracle, clips)
    shifted = [*scenes[1:], scenes[0]]
    subjects = named[:, FACTORS.index("subject")]
    return {
        "accuracy": accuracy(named, scenes),
        "shuffled captions": accuracy(named, shifted),
        "R-precision": {"R-precision": r_precision(oracle, clips, scenes)},
        "subjects refused": round((subjects == UNCLEAR["subject"]).float().mean().item(), 4),
    }


def hard_negatives(labels: Tensor, rng: random.Random) -> Tensor:
    """Questions ``[Q, 7]``: the right one first, then for each factor two that differ from it in that factor alone."""
    questions = [labels]
    for i, factor in enumerate(FACTORS):
        others = [value for value in range(UNCLEAR[factor]) if value != labels[i]]
        for value in rng.sample(others, min(_NEGATIVES_PER_FACTOR, len(others))):
            question = labels.clone()
            question[i] = value
            questions.append(question)
    return torch.stack(questions)


def r_precision(oracle: Oracle, clips: Tensor, scenes: Sequence[Scene]) -> dict[str, float | int]:
    """How often the right caption is the likeliest among captions that are wrong in a single factor."""
    rng = random.Random("hard negatives")
    questions = torch.stack([hard_negatives(labels, rng) for labels in labels_of_all(scenes)])
    first = log_likelihood(oracle, clips, questions).argmax(1) == 0
    return Rate.of(int(first.sum()), len(first)).json()
