"""Muon: momentum whose matrices are made orthogonal before the step, for the hidden layers of a network.

    M ← β M + G        U = G + β M        W ← W − η (0.2 √max(m, n) · O(U) + decay · W)

O(U) keeps U's singular vectors and sets its singular values near 1, by five Newton-Schulz iterations. The factor gives
the update AdamW's size, so one rate serves both. A convolution is a matrix of outputs by everything else. Sources: Muon
(Jordan et al. 2024, kellerjordan.github.io/posts/muon), coefficients and Nesterov momentum; the factor and the decay,
Muon is Scalable (2502.16982, section 2.2).
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from ..precision import fast_bfloat16
from .crew import ALONE, Crew

_QUINTIC = (3.4445, -4.7750, 2.0315)
_ITERATIONS = 5
_UPDATE_SIZE = 0.2


def orthogonalise(matrices: Tensor) -> Tensor:
    """Matrices ``[K, m, n]`` with m ≤ n to nearly orthogonal ones, in bfloat16 where that is fast."""
    a, b, c = _QUINTIC
    x = matrices.to(torch.bfloat16 if fast_bfloat16(matrices.device) else torch.float32)
    x = x / (x.float().norm(dim=(1, 2), keepdim=True) + 1e-7).to(x.dtype)
    for _ in range(_ITERATIONS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * (gram @ gram)) @ x
    return x.float()


class Muon(torch.optim.Optimizer):
    """For parameters of two or more axes. In a crew every process makes its share of the matrices orthogonal."""

    def __init__(
        self,
        parameters: Iterable[nn.Parameter],
        lr: float,
        weight_decay: float,
        crew: Crew = ALONE,
        momentum: float = 0.95,
    ) -> None:
        super().__init__(list(parameters), {"lr": lr, "weight_decay": weight_decay, "momentum": momentum})
        self._crew = crew

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        """One step for all parameters that have a gradient."""
        for group in self.param_groups:
            moving = [parameter for parameter in group["params"] if parameter.grad is not None]
            updates = [self._momentum(parameter, group["momentum"]) for parameter in moving]
            for parameter, update in zip(moving, self._orthogonal(updates), strict=True):
                longest = max(update.shape)
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                parameter.add_(update.view(parameter.shape), alpha=-group["lr"] * _UPDATE_SIZE * longest**0.5)

    def _momentum(self, parameter: nn.Parameter, momentum: float) -> Tensor:
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        state["momentum"].mul_(momentum).add_(parameter.grad)
        return (parameter.grad + momentum * state["momentum"]).flatten(1)

    def _orthogonal(self, updates: list[Tensor]) -> list[Tensor]:
        """Every update made orthogonal: mine here, the others' by their processes."""
        mine: dict[tuple[int, int], list[int]] = {}
        for i, update in enumerate(updates):
            if i % self._crew.size == self._crew.rank:
                mine.setdefault((min(update.shape), max(update.shape)), []).append(i)
        done = [torch.zeros_like(update) for update in updates]
        for members in mine.values():
            wide = [updates[i] if updates[i].shape[0] <= updates[i].shape[1] else updates[i].mT for i in members]
            for i, result in zip(members, orthogonalise(torch.stack(wide)), strict=True):
                done[i] = (result if updates[i].shape[0] <= updates[i].shape[1] else result.mT).contiguous()
        return self._crew.sum(done)
