"""Which device multiplies in bfloat16 faster than in float32. Knows nothing of networks."""

import torch


def fast_bfloat16(device: torch.device | str) -> bool:
    """Whether bfloat16 is worth computing in: on GPUs, and on CPUs with instructions of their own for it.

    Elsewhere it is emulated: with AVX2 alone Muon's matrices took 13 s a step, of 17 in all, and AVX-512 without its
    bfloat16 multiplies matrices two to six times as slowly as in float32 (docs/log.md).
    """
    return torch.device(device).type != "cpu" or bool(torch.cpu.get_capabilities().get("avx512_bf16", False))


def autocast(device: torch.device | str) -> torch.autocast:
    """Autocast to bfloat16 where that is faster, else nothing."""
    kind = torch.device(device).type
    return torch.autocast(kind, torch.bfloat16, enabled=fast_bfloat16(device))
