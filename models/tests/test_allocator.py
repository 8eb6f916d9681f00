"""Freed memory stays with the process: the next step's activations must not fault their pages in again."""

import platform
import resource

import pytest
import torch

from video_diffusion.train.allocator import keep_freed_memory

# Above 32 MiB, where glibc left alone maps every block afresh, however often it is taken and freed.
_ELEMENTS = 16 * 2**20
_TIMES = 40


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_a_large_block_taken_again_and_again_keeps_its_pages() -> None:
    assert keep_freed_memory()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(_TIMES):
        torch.ones(_ELEMENTS)
    pages = 4 * _ELEMENTS // resource.getpagesize()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < _TIMES * pages / 2
