"""Threads that send requests. Everything else happens on the main thread."""

from __future__ import annotations

import queue
import threading
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

# How long a stop can go unnoticed while no answer comes.
NAP_SECONDS = 0.2


class Workers:
    """A number of threads at work. Nobody waits for them when the tap ends."""

    def __init__(self, threads: int) -> None:
        self.busy = 0
        self._tasks: queue.SimpleQueue[Callable[[], Callable[[], None]] | None] = (
            queue.SimpleQueue()
        )
        # Not a SimpleQueue: where a signal's handler runs longer than the time-out of its `get`,
        # that waits for ever (seen with CPython 3.11 and 3.12, not with 3.13).
        self._results: queue.Queue[Callable[[], None]] = queue.Queue()
        self._threads = threads
        for number in range(threads):
            threading.Thread(target=self._work, name=f"fetch-{number + 1}", daemon=True).start()

    def submit(
        self,
        work: Callable[[], Result],
        *,
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Let a thread work; `deliver` passes the result to `done`, or the error to `failed`."""

        def task() -> Callable[[], None]:
            try:
                return partial(done, work())
            except Exception as error:  # noqa: BLE001 -- the main thread decides
                return partial(failed, error)

        self.busy += 1
        self._tasks.put(task)

    def deliver(self, *, wait: Callable[[], None] | None = None) -> None:
        """Deliver the results there are; with `wait`, at least one, calling it while none is."""
        while self.busy:
            try:
                deliver = self._results.get(timeout=NAP_SECONDS if wait else 0)
            except queue.Empty:
                if wait is None:
                    return
                wait()
                continue
            wait = None
            self.busy -= 1
            deliver()

    def close(self) -> None:
        """Let the threads end after what they are doing."""
        for _ in range(self._threads):
            self._tasks.put(None)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            self._results.put(task())
