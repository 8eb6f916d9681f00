"""The optimiser of a network: Muon for the matrices of its hidden layers, AdamW for everything else.

Everything else is what Muon is not for: what touches pixels, prompts or noise levels first or last, positions, biases
and gains (Muon is Scalable, 2502.16982, section 2.3).
"""

import torch
from torch import nn

from .crew import ALONE, Crew
from .muon import Muon

_HIDDEN = ("down.", "up.", "middle.", "shrink.", "grow.", "smallest.", "detail.blocks.")


class Optimiser:
    """Both as one."""

    def __init__(
        self,
        network: nn.Module,
        rate: float,
        weight_decay: float,
        crew: Crew = ALONE,
        hidden_names: tuple[str, ...] = _HIDDEN,
    ) -> None:
        """``hidden_names``: what the names of hidden layers' parameters begin with."""
        hidden, rest = [], []
        for name, parameter in network.named_parameters():
            is_hidden = parameter.ndim >= 2 and name.startswith(hidden_names)
            (hidden if is_hidden else rest).append(parameter)
        self.muon = Muon(hidden, rate, weight_decay, crew)
        self.adam = torch.optim.AdamW(rest, lr=rate, betas=(0.9, 0.99), weight_decay=weight_decay, fused=True)

    def step(self, rate: float) -> None:
        """One step at this rate; forgets the gradients."""
        for optimiser in (self.muon, self.adam):
            for group in optimiser.param_groups:
                group["lr"] = rate
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, object]:
        """What is needed to go on."""
        return {"muon": self.muon.state_dict(), "adam": self.adam.state_dict()}

    def load_state_dict(self, state: dict[str, object]) -> None:
        """Goes on from a saved state."""
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])
