"""A larger base model starts where the smaller one ended."""

from dataclasses import replace

import pytest
import torch
from test_base_network import SMALL, inputs, network

from video_diffusion.networks.base import BaseNetwork
from video_diffusion.networks.growth import grown

LARGER = {"blocks": (2, 3, 2), "detail": 8}


@torch.no_grad()
def test_a_grown_network_predicts_as_before_and_can_learn_with_what_is_new() -> None:
    small = network()
    large = BaseNetwork(replace(SMALL, **LARGER)).eval()
    large.load_state_dict(grown(small.state_dict(), small, large))
    clip = inputs(2, 5)
    assert torch.equal(small(**clip), large(**clip))
    for name, parameter in large.named_parameters():
        if name.startswith("detail.out") or name in ("down.0.blocks.1.conv2.weight", "up.1.blocks.2.conv2.weight"):
            before = large(**clip)
            parameter.add_(0.1)
            assert (large(**clip) - before).abs().max() > 1e-4, name


def test_a_network_of_other_widths_does_not_grow() -> None:
    small = network()
    with pytest.raises(ValueError, match="no place in the larger network"):
        grown(small.state_dict(), small, BaseNetwork(replace(SMALL, widths=(16, 32, 32))))
