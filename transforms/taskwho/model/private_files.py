"""Files and folders that their owner alone reads, whatever the umask says."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600


def make_private(folder: Path) -> Path:
    """Make a folder, and those above it that are missing; one that exists stays as it is.

    Raises OSError where that is not possible.
    """
    if not folder.is_dir():
        if not folder.parent.exists():
            make_private(folder.parent)
        try:
            folder.mkdir(_FOLDER)
        except FileExistsError:
            if not folder.is_dir():  # another process made it meanwhile
                raise
        else:
            folder.chmod(_FOLDER)
    return folder


def open_private(path: Path, mode: str = "wb") -> IO[bytes]:
    """Open a file for writing, from its beginning or (`ab`) at its end."""
    return cast("IO[bytes]", open(path, mode, opener=_private))


def _private(path: str, flags: int) -> int:
    descriptor = os.open(path, flags, _FILE)
    try:
        os.fchmod(descriptor, _FILE)
    except OSError:  # nothing more: after a Ctrl-C `open` itself closes what it has taken over
        os.close(descriptor)
        raise
    return descriptor
