"""What half precision saves and costs: bytes of each graph, and how far its answer moved. Knows no training."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class GraphSize:
    """`float32_bytes` and `bytes` of the file with float32 weights and as it is stored · `error`: root-mean-square
    difference of the rounded network's answer to the golden case, over that answer's own root-mean-square.
    """

    name: str
    parameters: int
    float32_bytes: int
    bytes: int
    error: float


def relative_error(rounded: Tensor, exact: Tensor) -> float:
    """RMS of the difference over RMS of the exact."""
    return (torch.sqrt((rounded - exact).square().mean()) / torch.sqrt(exact.square().mean()).clamp(min=1e-12)).item()


def sizes_section(sizes: list[GraphSize]) -> str:
    """A part of the model card, Markdown."""
    rows = [
        f"| {s.name} | {s.parameters / 1e6:.2f} | {s.float32_bytes / 1e6:.2f} | {s.bytes / 1e6:.2f} | {s.error:.1e} |"
        for s in sizes
    ]
    totals = [sum(getattr(s, name) for s in sizes) / 1e6 for name in ("parameters", "float32_bytes", "bytes")]
    return "\n".join(
        [
            "## The files",
            "",
            "Weights are stored in float16 and computed with in float32. Error: what rounding them changes in the "
            "answer to the golden case, relative to it. Checkpoints are kept in 16 bits already, which is why there is "
            "little or nothing left to lose.",
            "",
            "| graph | parameters (M) | float32 (MB) | stored (MB) | error |",
            "|---|---|---|---|---|",
            *rows,
            f"| all | {totals[0]:.2f} | {totals[1]:.2f} | {totals[2]:.2f} | |",
            "",
        ]
    )
