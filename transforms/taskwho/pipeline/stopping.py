"""Ctrl-C (and SIGTERM) while Meltano runs: the first asks the tap to stop, the next ends it all."""

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
_TOLD = "Stopping after the page in hand. Ctrl-C again stops at once."


class Stopping:
    """A context manager that stands before Meltano is started, so that no signal is missed.

    The handler does no more than count: whatever it would print or lock, the main thread may be in
    the middle of. A thread of its own does the rest.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self.asked = 0
        self._say = say
        self._run: MeltanoRun | None = None
        self._signals: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._stop, name="stopping", daemon=True)
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Take the signals over."""
        self._thread.start()
        self._before = {number: signal.signal(number, self._ask) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back."""
        self._signals.put(False)  # noqa: FBT003 - no signal: the end
        self._thread.join()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def watch(self, run: MeltanoRun) -> None:
        """The run that a signal is meant for, also one that came before it was there."""
        self._run = run

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1
        self._signals.put(True)  # noqa: FBT003 - a signal

    def _stop(self) -> None:
        if not self._signals.get():
            return
        self._say(_TOLD)
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
