"""The PostgreSQL that taskwho brings along for people who have none: in `.taskwho/postgres`.

It takes no connection but those through a socket that only its owner reaches, with a password.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

from taskwho.database.embedded import account, address, creation, outside, postmaster
from taskwho.database.embedded.address import in_place
from taskwho.database.embedded.layout import Layout
from taskwho.database.embedded.lock import try_lock
from taskwho.database.embedded.programs import usable
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import (
    EMBEDDED_COPIED_WHILE_IT_RAN,
    EMBEDDED_NOT_POSSIBLE,
    EMBEDDED_NOT_READY,
    EMBEDDED_NOT_STOPPED,
    EMBEDDED_OF_EARLIER_RELEASE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["answers", "in_place", "is_embedded", "start", "stop"]

_STOP_SECONDS = 60


def is_embedded(url: str, at: Path) -> bool:
    """Whether a URL is that of this project's embedded PostgreSQL, up or down."""
    return address.is_of(Layout.of(at), url)


def answers(at: Path) -> bool:
    """Whether it takes connections; nothing is started."""
    layout = Layout.of(at)
    found = postmaster.living(layout.data)
    return found is not None and found.is_ready and address.answers(layout)


def start(at: Path) -> str:
    """Start it unless it is up, and return its URL. It outlives this process.

    Raises TaskwhoError where it cannot be created or does not start.
    """
    with _as_sentences(Layout.of(at)):
        layout = Layout.created(at)
        deadline = time.monotonic() + postmaster.READY_SECONDS
        while not _is_up(layout):
            # another process creates, starts or stops it, or the rest of a killed one ends
            if time.monotonic() > deadline:
                raise TaskwhoError(
                    EMBEDDED_NOT_READY, seconds=postmaster.READY_SECONDS, log=layout.log
                )
            time.sleep(0.05)
        return address.url(layout)


def stop(at: Path) -> bool:
    """Stop it and wait for its end: statements are rolled back. False if it was not up."""
    layout = Layout.of(at)
    with _as_sentences(layout):
        deadline, was_up, is_told = time.monotonic() + _STOP_SECONDS, False, False
        while layout.lock.exists():
            with try_lock(layout.lock) as lock:
                if lock is not None:
                    outside.remove(layout.home, outside.PROGRAMS)
                    break
            was_up = True
            if not is_told and (found := postmaster.living(layout.data)):
                found.process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
                is_told = True
            if time.monotonic() > deadline:
                raise TaskwhoError(EMBEDDED_NOT_STOPPED, seconds=_STOP_SECONDS, log=layout.log)
            time.sleep(0.02)
        return was_up


def _is_up(layout: Layout) -> bool:
    """Whether it is ready. Where no process of it is left, it is started."""
    with try_lock(layout.lock) as lock:
        if lock is not None:
            _start(layout, lock)
            return True
    found = postmaster.living(layout.data)
    # the file says "ready" also of one that was just killed
    return found is not None and found.is_ready and address.answers(layout)


def _start(layout: Layout, lock: int) -> None:
    """Start the server under the lock, which proves that none runs."""
    if (layout.home / "PG_VERSION").exists():
        raise TaskwhoError(EMBEDDED_OF_EARLIER_RELEASE, folder=layout.home)
    named = postmaster.living(layout.data)
    if named and named.is_the_one_named():
        raise TaskwhoError(EMBEDDED_COPIED_WHILE_IT_RAN, folder=layout.home)
    outside.remove(layout.home, outside.INITDB)  # of a killed creation
    runs_as = account.of_server(layout)
    programs = usable(layout.home, runs_as)
    if not layout.data.exists():
        creation.create(layout, runs_as, programs)
    # what a killed server left: PostgreSQL takes a stranger who has its number now for it
    (layout.data / "postmaster.pid").unlink(missing_ok=True)
    if layout.run.exists():
        shutil.rmtree(layout.run)
    layout.run.mkdir(mode=0o700)
    changed = layout.run if account.Account.of(layout.data) == runs_as else layout.server
    runs_as.own(changed)
    postmaster.start(layout, runs_as, programs, lock)


@contextlib.contextmanager
def _as_sentences(layout: Layout) -> Iterator[None]:
    """Say what the operating system refuses, as on a full disk or where a file is in the way."""
    try:
        yield
    except (OSError, subprocess.SubprocessError) as error:
        raise TaskwhoError(EMBEDDED_NOT_POSSIBLE, folder=layout.home, said=_said(error)) from error


def _said(error: Exception) -> str:
    if isinstance(error, shutil.Error):  # of many files; for each: from, to, why
        return str(error.args[0][-1][-1])
    return str(error)
