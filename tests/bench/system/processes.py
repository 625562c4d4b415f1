"""Runs the contenders' processes, and reads the peak memory of each."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from tests.bench.errors import BenchError
from tests.support.checkout import clean_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LONGEST_SECONDS = 900
KILOBYTES_A_MEGABYTE = 1_000_000 / 1024
LOG_SHOWN = 2_000


@dataclass(frozen=True)
class Ended:
    """A process that ended with 0."""

    name: str
    peak_mb: float
    seconds: float
    at: float = 0  # time.time() at its end


class Process:
    """A process that logs to a file; SIGKILL ends it after LONGEST_SECONDS."""

    def __init__(
        self,
        name: str,
        command: Sequence[object],
        folder: Path,
        environment: Mapping[str, str] | None = None,
        *,
        stdin: IO[bytes] | int | None = subprocess.DEVNULL,
        stdout: IO[bytes] | int | None = None,
    ) -> None:
        self.name, self.log = name, folder / f"{name}.log"
        self.began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                cwd=folder,
                env={**clean_environment(), **(environment or {})},
                stdin=stdin,
                stdout=log if stdout is None else stdout,
                stderr=log,
            )
        self._watchdog = threading.Timer(LONGEST_SECONDS, self.process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()

    def wait(self) -> Ended:
        """Wait for its end; raise BenchError where it failed."""
        _, status, usage = os.wait4(self.process.pid, 0)
        self._watchdog.cancel()
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode:
            said = self.log.read_text("utf-8", "replace")[-LOG_SHOWN:]
            raise BenchError(f"{self.name} ended with {self.process.returncode}:\n{said}")
        peak = usage.ru_maxrss / KILOBYTES_A_MEGABYTE
        return Ended(self.name, peak, time.monotonic() - self.began, time.time())


def pipe(source: Process, sink: Process) -> list[Ended]:
    """Wait for two processes joined by a pipe; the error names the sink's failure first."""
    failures: list[BenchError] = []
    ended: list[Ended] = []
    for process in (sink, source):
        try:
            ended.append(process.wait())
        except BenchError as error:
            failures.append(error)
    if failures:
        raise BenchError("\n".join(map(str, failures)))
    return ended[::-1]
