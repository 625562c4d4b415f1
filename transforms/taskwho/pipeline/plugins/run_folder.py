"""The folder of one run: settings with secrets and batch files, gone when the run ends."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import time
from typing import TYPE_CHECKING, Any, Self

from taskwho.model.errors import Misconfigured
from taskwho.model.errors.running import HOME_NOT_WRITABLE
from taskwho.model.private_files import make_private, open_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FOLDER = "runs"
_NEW = "."
_NEW_SECONDS = 3_600


class RunFolder:
    """A context manager. The lock on the folder tells other runs that this one lives."""

    def __init__(self, home: Path, run_id: str) -> None:
        self._home = home
        self.path = home.absolute() / _FOLDER / run_id
        self._lock = -1

    def __enter__(self) -> Self:
        """Make the folder, and remove what killed runs left beside it.

        Raises Misconfigured where TASKWHO_HOME cannot be written.
        """
        try:
            make_private(self._home)
            make_private(self.path.parent)
            new = self.path.with_name(_NEW + self.path.name)
            make_private(new)
            self._lock = os.open(new, os.O_RDONLY)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            new.rename(self.path)  # it is seen by others when it is locked
        except OSError as error:
            raise _not_writable(self._home, error) from None
        sweep(self._home)
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)

    def write(self, name: str, content: Mapping[str, Any]) -> str:
        """Write a JSON file that its owner alone can read, and give its path.

        Raises Misconfigured where the disk is full, say.
        """
        path = self.path / name
        try:
            with open_private(path) as file:
                file.write(json.dumps(content).encode())
        except OSError as error:
            raise _not_writable(self._home, error) from None
        return str(path)


def _not_writable(home: Path, error: OSError) -> Misconfigured:
    return Misconfigured(HOME_NOT_WRITABLE, home=home, error=error.strerror)


def sweep(home: Path) -> None:
    """Remove the folders of runs that were killed: nobody holds the lock on them."""
    for folder in (home / _FOLDER).glob("*"):
        with contextlib.suppress(OSError):
            is_new = folder.name.startswith(_NEW)
            if not (is_new and time.time() - folder.stat().st_mtime < _NEW_SECONDS):
                _remove_if_dead(folder)


def _remove_if_dead(folder: Path) -> None:
    """Raise OSError where a run lives in it."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(lock)
