"""Ctrl-C and SIGTERM while Meltano runs: the first stops the tap, the second ends everything."""

from __future__ import annotations

import queue
import signal
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from taskwho.pipeline.meltano_run import MeltanoRun

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_NAP_SECONDS = 0.2
_STOPPING = "Stopping after the current page. Press Ctrl-C again to stop at once."


class Stopping:
    """Handles the signals, from before Meltano starts, so that it misses none.

    The handler only counts: it may interrupt the main thread while that prints or holds a lock. A
    thread does the rest.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self.asked = 0
        self._say = say
        self._run: MeltanoRun | None = None
        self._signals: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._stop, name="stopping", daemon=True)
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Set the handlers."""
        self._thread.start()
        self._before = {number: signal.signal(number, self._ask) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        """Set the handlers of before."""
        self._signals.put(False)  # noqa: FBT003 - no signal: the end
        self._thread.join()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def watch(self, run: MeltanoRun) -> None:
        """Set the run that signals stop, also signals that came before it."""
        self._run = run

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1
        self._signals.put(True)  # noqa: FBT003 - a signal

    def _stop(self) -> None:
        if not self._signals.get():
            return
        self._say(_STOPPING)
        while True:
            if self._run is not None:
                self._run.stop()
            try:
                again = self._signals.get(timeout=_NAP_SECONDS)
            except queue.Empty:
                continue
            if not again:
                return
            if self._run is not None:
                self._run.stop_harder()
