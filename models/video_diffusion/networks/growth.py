"""A trained base model goes on as a larger one: same widths, more residual blocks, a path for detail. What is new adds
nothing at first (its last convolution is zero), so the larger network starts where the smaller one ended.
"""

from collections import Counter

from torch import Tensor

from video_diffusion.networks.base import BaseNetwork


def grown(weights: dict[str, Tensor], small: BaseNetwork, large: BaseNetwork) -> dict[str, Tensor]:
    """Weights of ``large``: those of ``small`` where it has them, and else ``large``'s own.

    Throws ValueError where something of ``small`` has no place of its shape in ``large``.
    """
    places = _block_names(large)
    state = dict(large.state_dict())
    moved = {old: places.get(place) for place, old in _block_names(small).items()}
    for name, value in weights.items():
        block = ".".join(name.split(".")[:4])
        new = moved[block] + name[len(block) :] if moved.get(block) else name
        if new not in state or state[new].shape != value.shape:
            raise ValueError(f"{name} {tuple(value.shape)} has no place in the larger network: add nothing but blocks.")
        state[new] = value
    return state


def _block_names(network: BaseNetwork) -> dict[tuple[str, str, int], str]:
    """The name of every block of the levels above the middle, by its level, its kind and its rank among that kind."""
    names = {}
    for side, levels in (("down", network.down), ("up", network.up)):
        for index, level in enumerate(levels):
            seen: Counter[str] = Counter()
            for place, block in enumerate(level.blocks):
                kind = type(block).__name__
                names[f"{side}.{index}", kind, seen[kind]] = f"{side}.{index}.blocks.{place}"
                seen[kind] += 1
    return names
