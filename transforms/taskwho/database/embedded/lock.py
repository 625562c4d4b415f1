"""The lock of the embedded server: the server inherits it, and holds it as long as it lives.

So a free lock proves that no process of the server is left, whatever `postmaster.pid` says: after a
kill, in a copy of the folder, and in a container that has process numbers of its own.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def try_lock(file: Path) -> Iterator[int | None]:
    """The descriptor that holds the lock; None where another process holds it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor if _is_free(descriptor) else None
    finally:
        # a child that inherited the descriptor keeps the lock: it belongs to the open file
        os.close(descriptor)


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
