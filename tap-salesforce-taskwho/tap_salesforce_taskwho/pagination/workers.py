"""Threads that fetch pages; everything else happens on the main thread."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Key = TypeVar("Key")
Result = TypeVar("Result")

# How long a stop can go unnoticed while no page comes.
NAP_SECONDS = 0.2


class Workers(Generic[Key, Result]):
    """So many threads at work on tasks; nobody waits for them when the tap ends."""

    def __init__(self, threads: int) -> None:
        self.busy = 0
        self._tasks: queue.SimpleQueue[tuple[Key, Callable[[], Result]] | None] = (
            queue.SimpleQueue()
        )
        self._results: queue.SimpleQueue[tuple[Key, Result | Exception]] = queue.SimpleQueue()
        self._threads = threads
        for number in range(threads):
            threading.Thread(target=self._work, name=f"fetch-{number + 1}", daemon=True).start()

    def submit(self, key: Key, task: Callable[[], Result]) -> None:
        """Let a thread do a task."""
        self.busy += 1
        self._tasks.put((key, task))

    def done(
        self, *, wait: Callable[[], None] | None = None
    ) -> Iterator[tuple[Key, Result | Exception]]:
        """Give the results there are; with `wait`, at least one, calling it while there is none."""
        while self.busy:
            try:
                result = self._results.get(timeout=NAP_SECONDS if wait else 0)
            except queue.Empty:
                if wait is None:
                    return
                wait()
                continue
            wait = None
            self.busy -= 1
            yield result

    def close(self) -> None:
        """Let the threads end when they are done with what they do."""
        for _ in range(self._threads):
            self._tasks.put(None)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            key, work = task
            try:
                self._results.put((key, work()))
            except Exception as error:  # noqa: BLE001 -- raised again on the main thread
                self._results.put((key, error))
