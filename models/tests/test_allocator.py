"""Freed memory stays with the process: the next step's activations must not fault their pages in again."""

import platform
import resource

import pytest
import torch

from video_diffusion.train.allocator import keep_freed_memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_a_large_block_taken_twice_is_zeroed_by_the_system_once() -> None:
    assert keep_freed_memory()
    torch.ones(16 * 2**20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        torch.ones(16 * 2**20)
    pages = 16 * 2**20 * 4 // resource.getpagesize()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < pages // 10
