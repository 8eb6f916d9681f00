"""Keeps the memory that a step frees for the next step, instead of giving it back to the system.

glibc maps every large block afresh and unmaps it when freed, so that each step pays again for zeroing every page of
every activation: a tenth of the base model's CPU time a step, up to a quarter of the other stages' (docs/log.md).
"""

import ctypes
import sys

# malloc.h
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_LARGEST_BLOCK = 2**30
_NEVER = 2**31 - 1


def keep_freed_memory() -> bool:
    """Tells this process's allocator; False, and nothing is changed, where it is not glibc's."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return all(
        mallopt(name, value) == 1 for name, value in ((_M_MMAP_THRESHOLD, _LARGEST_BLOCK), (_M_TRIM_THRESHOLD, _NEVER))
    )
