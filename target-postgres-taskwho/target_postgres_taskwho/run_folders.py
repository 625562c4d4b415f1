"""Batch files that a killed run left behind, told from those of a run that lives by its lock.

A tap that wants this makes a directory of its own for a run, holds a shared flock on `.lock` in it
as long as it lives, and writes its files there. Anything else is never touched.
"""

from __future__ import annotations

import logging
import sys
import time
from typing import IO, TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"
FILES = ("*.jsonl", "*.jsonl.gz", "*.csv", "*.csv.gz")
# A tap may have ended before its loader took its own share of the lock; it takes no hour for that.
SECONDS_UNTOUCHED = 3_600

logger = logging.getLogger(__name__)


class RunDirectories:
    """The batch directories of this load: kept from others' sweeps, tidied up at its end."""

    def __init__(self) -> None:
        self._held: dict[Path, IO[bytes]] = {}

    def hold(self, directory: Path) -> None:
        """Take a share of the directory's lock, if it has one, for as long as the load lasts."""
        if directory in self._held or sys.platform == "win32":
            return
        try:
            lock = (directory / LOCK).open("rb")
        except OSError:
            return
        fcntl.flock(lock, fcntl.LOCK_SH)
        self._held[directory] = lock

    def sweep(self) -> None:
        """Let go of the directories, and delete what ended runs left beside or in them."""
        for directory, lock in self._held.items():
            lock.close()
            _remove_if_dead(directory, only_empty=True)
            for other in _others(directory):
                _remove_if_dead(other, only_empty=False)
        self._held.clear()


def _others(directory: Path) -> Iterator[Path]:
    oldest = time.time() - SECONDS_UNTOUCHED
    for lock in sorted(directory.parent.glob(f"*/{LOCK}")):
        if lock.parent != directory and lock.parent.stat().st_mtime < oldest:
            yield lock.parent


def _remove_if_dead(directory: Path, *, only_empty: bool) -> None:
    files = [file for pattern in FILES for file in directory.glob(pattern)]
    if only_empty and files:
        return
    try:
        with (directory / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for file in (*files, directory / LOCK):
                file.unlink(missing_ok=True)
        directory.rmdir()
    except OSError:
        # its tap or its loader lives, it holds something else, or another loader was faster
        return
    if files:
        logger.info("Deleted %d batch files that a killed run left in %s.", len(files), directory)
