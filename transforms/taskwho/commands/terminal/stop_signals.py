"""What Ctrl-C does to a run: once, twice, three times. SIGTERM and SIGHUP count like it."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from threading import Event
    from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STDERR = 2
_SAID = {
    1: "Stopping: what was read is loaded, promoted and reported. Ctrl-C again stops reading now.",
    2: "Ending tap and loader now; promotion and report follow. Ctrl-C again ends it all.",
}


class StopSignals:
    """A context manager that counts signals and sets the events of a run.

    The handler sets an event and writes past every buffer: whatever else it would do, the main
    thread may be in the middle of.
    """

    def __init__(self, stop: Event, stop_at_once: Event) -> None:
        self.count = 0
        self.is_reading = False
        self._events = {1: stop, 2: stop_at_once}
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Take the signals over, but for those that somebody lets the process ignore (nohup)."""
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1
        if not self.is_reading or self.count not in self._events:
            # a fourth one finds nobody who could be in the way
            self.__exit__()
            raise KeyboardInterrupt
        self._events[self.count].set()
        with contextlib.suppress(OSError):
            os.write(_STDERR, f"{_SAID[self.count]}\n".encode())
