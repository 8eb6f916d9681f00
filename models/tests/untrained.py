"""Untrained networks with something to say. As they are built, their last layers and those of the text are zero."""

import torch
from torch import nn


def with_no_zero_layer(network: nn.Module, seed: int) -> nn.Module:
    """The same network; what it begins with as zero is drawn from this seed."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in network.parameters():
        if parameter.ndim > 1 and not parameter.any():
            nn.init.normal_(parameter, std=0.3, generator=generator)
    return network
