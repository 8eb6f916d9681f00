"""Several processes training one network: each draws its share of the batch, gradients are averaged once a step.

On a CPU, processes of one thread each beat one process of as many threads, and by far when the machine is shared:
threads wait for each other at every operation, processes once a step. A crew of one does nothing.
"""

import os
from dataclasses import dataclass

import torch
import torch.distributed
from torch import Tensor, nn


@dataclass(frozen=True)
class Crew:
    """``rank`` of ``size`` processes; rank 0 decides, logs and saves."""

    rank: int = 0
    size: int = 1

    def join(self, port: int) -> None:
        """Connects the processes over the loopback interface."""
        if self.size == 1:
            return
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), GLOO_SOCKET_IFNAME="lo")
        torch.distributed.init_process_group("gloo", rank=self.rank, world_size=self.size)

    def leave(self) -> None:
        """Disconnects."""
        if self.size > 1:
            torch.distributed.destroy_process_group()

    def agree(self, value: float) -> float:
        """Rank 0's value, for all."""
        if self.size == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64)
        torch.distributed.broadcast(shared, 0)
        return shared.item()

    def wait(self) -> None:
        """Until all have come here."""
        if self.size > 1:
            torch.distributed.barrier()

    def average_gradients(self, network: nn.Module) -> None:
        """Replaces every gradient by its mean over the crew."""
        if self.size == 1:
            return
        gradients: list[Tensor] = [p.grad for p in network.parameters() if p.grad is not None]
        for gradient, total in zip(gradients, self.sum(gradients), strict=True):
            gradient.copy_(total / self.size)

    def sum(self, tensors: list[Tensor]) -> list[Tensor]:
        """The sum of each tensor over the crew."""
        if self.size == 1:
            return tensors
        flat = torch.cat([tensor.reshape(-1) for tensor in tensors])
        torch.distributed.all_reduce(flat)
        parts = flat.split([tensor.numel() for tensor in tensors])
        return [part.view(tensor.shape) for part, tensor in zip(parts, tensors, strict=True)]


ALONE = Crew()
