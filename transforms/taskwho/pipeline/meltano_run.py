"""`meltano run` as a child process: its log as events, and how it is stopped."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.pipeline import MELTANO_MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TAP = "tap-salesforce-taskwho"
LOADER = "target-postgres"
_LEAVE_SECONDS = 30


class MeltanoRun:
    """A running Meltano, in a session of its own: a terminal's Ctrl-C does not reach it."""

    def __init__(
        self, at: Path, blocks: Sequence[str], environment: Mapping[str, str], log: Path
    ) -> None:
        command = [
            *(meltano(), "--log-format=json", "--log-level=info"),
            # without this, a logging.yaml of the project would set another format
            "--log-config=.taskwho/no-logging.yaml",
            *("run", "--force", *blocks),
        ]
        self._log = log
        self._asked: set[int] = set()
        self._process = subprocess.Popen(  # noqa: S603 - an argument list, no shell
            command,
            cwd=at,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self.pid = self._process.pid

    def events(self) -> Iterator[dict[str, Any]]:
        """What Meltano and its plugins log, one event a line. The log file gets every line.

        A line that is not JSON (a library's print) comes as an event too.
        """
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe, as said above
        descriptor = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        # line by line: a kill loses no line
        with os.fdopen(descriptor, "w", buffering=1, encoding="utf-8") as log:
            for line in self._process.stdout:
                log.write(line)
                yield event_of(line)

    def wait(self) -> int:
        """Meltano's exit code, after its last child has ended too."""
        code = self._process.wait()
        # plugins of a killed Meltano end when their pipes close
        _, alive = psutil.wait_procs(self._session(), timeout=_LEAVE_SECONDS)
        for process in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        return code

    def stop(self) -> None:
        """Ask the tap to stop between two pages. The loader then writes what it was given.

        Call it until Meltano has ended: it also asks a tap that Meltano starts only now, each once.
        It does not signal Meltano: one that ends while it creates its database never starts again.
        """
        for tap in self._plugins(TAP):
            if tap.pid not in self._asked:
                self._asked.add(tap.pid)
                with contextlib.suppress(psutil.NoSuchProcess):
                    tap.send_signal(signal.SIGINT)

    def stop_harder(self) -> None:
        """End Meltano and its plugins at once. The next run goes on from the last state."""
        for process in self._session():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()

    def _plugins(self, executable: str) -> list[psutil.Process]:
        """Processes of a plugin, also a tap's discovery, which Meltano runs first."""
        found = []
        for process in self._session():
            with contextlib.suppress(psutil.Error):
                # a script is its interpreter's first argument
                names = [Path(word).name for word in process.cmdline()[:2]]
                if any(name.startswith(executable) for name in names):
                    found.append(process)
        return found

    def _session(self) -> list[psutil.Process]:
        """Meltano and everything that it started, also after Meltano itself has ended."""
        return session_processes(self.pid)


def session_processes(leader: int) -> list[psutil.Process]:
    """The running processes of a session."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(OSError, psutil.Error):
            if os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def end_session(leader: int) -> None:
    """End what is left of an earlier run's session, by SIGINT first and SIGKILL last."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        processes = session_processes(leader)
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(ending)
        if not psutil.wait_procs(processes, timeout=_LEAVE_SECONDS / 3)[1]:
            return
        time.sleep(0.1)


def meltano() -> str:
    """The path of the `meltano` command; raises TaskwhoError where there is none."""
    beside = Path(sys.executable).with_name("meltano")
    found = str(beside) if beside.exists() else shutil.which("meltano")
    if found is None:
        raise TaskwhoError(MELTANO_MISSING)
    return found


def event_of(line: str) -> dict[str, Any]:
    """A line of the log as an event."""
    try:
        event = json.loads(line)
    except ValueError:
        event = None
    return event if isinstance(event, dict) else {"event": line.strip(), "level": "info"}
