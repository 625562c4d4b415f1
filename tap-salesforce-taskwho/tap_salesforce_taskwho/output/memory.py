"""Keeps the memory of one page for the next page."""

from __future__ import annotations

import contextlib
import ctypes
import sys

# The numbers by which mallopt knows two of its parameters (glibc's malloc.h). What they do:
# https://man7.org/linux/man-pages/man3/mallopt.3.html
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
# Bytes. A larger piece gets memory of its own, which always goes back: 32 MB is the most allowed.
_LARGEST_IN_HEAP = 32 << 20
# Bytes. More than this, unused at the end of a heap, goes back.
_KEPT = 64 << 20


def keep_memory() -> None:
    """Let glibc keep up to 64 MB of freed memory instead of giving it back to the kernel.

    The tap reads each page into some megabytes and frees them soon. By default, glibc gives them
    back, and gets new ones for the next page, which the kernel has to clear first. With this, a run
    of 1,000,000 rows took 0.94 of the time (medians of 4 runs). Where the C library is not glibc,
    nothing changes.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_MMAP_THRESHOLD, _LARGEST_IN_HEAP)
            mallopt(_TRIM_THRESHOLD, _KEPT)
