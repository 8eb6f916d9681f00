"""A judge that goes on learning beside the network: true clips show a place and a subject, drawn ones are unclear.

A judge that has finished learning names places by their colours, and is content with a mountain without a peak. This
one always knows how what the network draws differs from what is true. Clips are moved and noised as for the jury, with
more noise: it is to ask for shapes, not for grain. Source: Generative Adversarial Nets (1406.2661), with the class
*unclear* of an oracle as the generated one.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..evaluate.oracle_batches import OracleBatches, unclear_labels
from ..evaluate.oracle_networks import Oracle
from ..evaluate.train_oracle import loss_of
from ..evaluate.world import FACTORS
from ..precision import autocast
from ..train.checkpoint import load_state, save_state
from ..train.optimiser import Optimiser
from .verdict import disturbed

# What it asks for: what has a shape.
_FACTORS = ("place", "subject")
_SAVE_STEPS = 10


@dataclass(frozen=True)
class CriticConfig:
    """``true`` and ``drawn`` clips per step · the last ``kept`` drawn clips are learned from · ``noise`` is the most
    that lies on a clip · ``weight`` is that of its word on a factor beside the jury's on all."""

    true: int = 12
    drawn: int = 8
    kept: int = 64
    rate: float = 3e-4
    noise: float = 0.25
    weight: float = 0.3


class Critic:
    """One process's critic: each has its own, so two processes ask for what neither alone could be deceived about.

    ``path`` is where its state is kept, and gone on from.
    """

    def __init__(self, oracle: Oracle, batches: OracleBatches, config: CriticConfig, seed: int, path: Path) -> None:
        self.oracle, self.batches, self.config, self.seed, self.path = oracle, batches, config, seed, path
        self.optimiser = Optimiser(oracle, config.rate, 0.0, hidden_names=oracle.HIDDEN)
        self.lately: list[Tensor] = []
        self.step = 0
        if path.exists():
            state = load_state(path)
            self.oracle.load_state_dict(state["weights"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]

    def remember(self, clips: Tensor) -> None:
        """Keeps clips ``[B, 16, 3, 24, 40]`` that the network drew, and forgets the oldest."""
        self.lately = [*self.lately, *clips.detach()][-self.config.kept :]

    def learn(self) -> float:
        """One step on true, spoilt and lately drawn clips; the loss."""
        config = self.config
        generator = torch.Generator().manual_seed(hash((self.seed, self.step)) % 2**62)
        true, labels = self.batches.draw(self.seed + self.step, config.true)
        chosen = torch.randint(len(self.lately), (config.drawn,), generator=generator).tolist()
        drawn = torch.stack([self.lately[place] for place in chosen])
        clips = disturbed(torch.cat([true.to(drawn.device), drawn]), generator, config.noise)
        labels = torch.cat([labels, unclear_labels(None, set(_FACTORS)).expand(len(drawn), -1)]).to(drawn.device)
        self.oracle.requires_grad_(True)
        with autocast(drawn.device):
            logits = self.oracle(clips)
        loss = loss_of(logits, labels)
        loss.backward()
        self.oracle.requires_grad_(False)
        nn.utils.clip_grad_norm_(self.oracle.parameters(), 1.0)
        self.optimiser.step(config.rate)
        self.step += 1
        if self.step % _SAVE_STEPS == 0:
            self.save()
        return loss.item()

    def misses(self, clips: Tensor, labels: Tensor, generator: torch.Generator) -> Tensor:
        """−log p of the place asked for plus that of the subject: the mean over clips ``[B, 16, 3, 24, 40]``, labels
        ``[B, 7]``."""
        logits = self.oracle(disturbed(clips, generator, self.config.noise))
        misses = [F.cross_entropy(logits[factor], labels[:, FACTORS.index(factor)]) for factor in _FACTORS]
        return torch.stack(misses).sum()

    def save(self) -> None:
        """Writes what is needed to go on."""
        weights, optimiser = self.oracle.state_dict(), self.optimiser.state_dict()
        save_state(self.path, {"weights": weights, "optimiser": optimiser, "step": self.step})
