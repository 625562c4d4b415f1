"""The folders of batch files: a tap makes one for each run, and locks `.lock` in it while it lives.

The loader deletes nothing outside such a folder.
"""

from __future__ import annotations

import fcntl
import logging
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LOCK = ".lock"
PATTERNS = ("*.jsonl", "*.jsonl.gz", "*.csv", "*.csv.gz")
# A tap may have ended before its loader took a share of the lock; that takes no hour.
SECONDS_UNTOUCHED = 3_600

logger = logging.getLogger(__name__)


class RunFolders:
    """The folders that this load reads from."""

    def __init__(self) -> None:
        self._locks: dict[Path, IO[bytes]] = {}

    def hold(self, files: Iterable[Path]) -> None:
        """Take a share of the lock of each file's folder, if it has one, until the load ends."""
        for folder in {file.parent for file in files} - self._locks.keys():
            with suppress(OSError):
                lock = (folder / LOCK).open("rb")
                fcntl.flock(lock, fcntl.LOCK_SH)
                self._locks[folder] = lock

    def delete(self, files: Iterable[Path]) -> None:
        """Delete the files that lie in a folder with a lock."""
        for file in files:
            if file.parent in self._locks:
                try:
                    file.unlink(missing_ok=True)
                except OSError as error:
                    logger.warning("Batch file %s is loaded and cannot be deleted: %s", file, error)

    def close(self) -> None:
        """Let go of the folders; delete them where they are empty, and what killed runs left."""
        for folder, lock in self._locks.items():
            lock.close()
            if not _batch_files(folder):
                _delete_if_unlocked(folder)
            for other in folder.parent.glob(f"*/{LOCK}"):
                if other.parent != folder:
                    _delete_if_unlocked(other.parent, SECONDS_UNTOUCHED)
        self._locks.clear()


def _delete_if_unlocked(folder: Path, seconds_untouched: float = 0) -> None:
    # OSError: its tap or a loader holds the lock, it has other files, or another loader was faster
    with suppress(OSError), (folder / LOCK).open("rb") as lock:
        if time.time() - folder.stat().st_mtime < seconds_untouched:
            return
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        files = _batch_files(folder)
        for file in (*files, folder / LOCK):
            file.unlink(missing_ok=True)
        folder.rmdir()
        if files:
            logger.info("Deleted %d batch files that a killed run left in %s.", len(files), folder)


def _batch_files(folder: Path) -> list[Path]:
    return [file for pattern in PATTERNS for file in folder.glob(pattern)]
