"""Reads the peak memory of processes that a child starts, while they run."""

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
    """Watches the descendants of this process whose command line has one of these names."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.peaks: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Start to watch."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop to watch."""
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
            return  # it has ended


def _last_part(word: str) -> str:
    return word.rpartition("/")[2]


def high_water_mb(pid: int) -> float:
    """The peak memory of a running process, in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / KILOBYTES_A_MEGABYTE
    return 0  # a zombie has none
