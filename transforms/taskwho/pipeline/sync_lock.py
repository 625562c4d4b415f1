"""One `taskwho sync` at a time in a project, also after one was killed."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import psutil
from filelock import FileLock, Timeout

from taskwho.model import project
from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import ANOTHER_SYNC_RUNS
from taskwho.pipeline.meltano_run import end_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RUNNING = "sync.json"


@contextlib.contextmanager
def single_sync(at: Path) -> Iterator[None]:
    """Hold the project's lock. Raises TaskwhoError where another sync holds it.

    Ends a Meltano that a killed sync left behind: both would write one state.
    """
    folder = project.own_folder(at)
    lock = FileLock(folder / "sync.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as held:
        raise TaskwhoError(ANOTHER_SYNC_RUNS) from held
    try:
        _end_left_behind(folder / _RUNNING)
        yield
    finally:
        (folder / _RUNNING).unlink(missing_ok=True)
        lock.release()


def note_meltano(at: Path, pid: int) -> None:
    """Write down which Meltano runs under the lock, so that a later sync can end it."""
    note = {"pid": pid, "created": psutil.Process(pid).create_time()}
    write_atomically(project.own_folder(at) / _RUNNING, json.dumps(note))


def _end_left_behind(file: Path) -> None:
    with contextlib.suppress(FileNotFoundError, ValueError, KeyError, psutil.NoSuchProcess):
        note = json.loads(file.read_text("utf-8"))
        # another process may have got the same number since
        if psutil.Process(note["pid"]).create_time() == note["created"]:
            end_session(note["pid"])
