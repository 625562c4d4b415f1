"""The memory of processes that somebody else starts: looked up while they run."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

from tests.bench.system.processes import KILOBYTES_A_MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS_BETWEEN = 0.05


class Peaks:
    """Watches the descendants of this process by the names of their executables."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.peaks: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN):
            for process in psutil.Process().children(recursive=True):
                self._look(process)

    def _look(self, process: psutil.Process) -> None:
        try:
            words = process.cmdline()
            name = next((self._names[w] for w in map(_last_part, words) if w in self._names), None)
            if name is not None:
                self.peaks[name] = max(self.peaks.get(name, 0), high_water_mb(process.pid))
        except (psutil.Error, OSError):
            return  # gone meanwhile


def _last_part(word: str) -> str:
    return word.rpartition("/")[2]


def high_water_mb(pid: int) -> float:
    """The most that a living process has held."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / KILOBYTES_A_MEGABYTE
    return 0  # a zombie has none
