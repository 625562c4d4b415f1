"""Several requests in flight; their answers are taken in by the thread that asked."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tap_salesforce_taskwho.pagination.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")


class InParallel:
    """A number of threads that ask; `check` is called while they wait, and may raise to end it."""

    def __init__(self, threads: int, check: Callable[[], None]) -> None:
        self._threads, self._check = threads, check
        self._workers = Workers(threads)

    def each(
        self, ask: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result]]:
        """Every item with its answer, as the answers come.

        An item is taken when a thread is free for it, so that few answers wait in memory. Raises
        what the first failed request raised.
        """
        came: deque[tuple[Item, Result]] = deque()
        for item in items:
            while self._workers.busy >= self._threads:
                self._workers.deliver(wait=self._check)
            self._check()
            self._workers.submit(partial(ask, item), done=partial(_keep, came, item), failed=_raise)
            yield from _taken(came)
        while self._workers.busy:
            self._workers.deliver(wait=self._check)
            yield from _taken(came)

    def close(self) -> None:
        """Let the threads end after what they are doing."""
        self._workers.close()


def _keep(came: deque[tuple[Item, Result]], item: Item, result: Result) -> None:
    came.append((item, result))


def _taken(came: deque[tuple[Item, Result]]) -> Iterator[tuple[Item, Result]]:
    while came:
        yield came.popleft()


def _raise(error: Exception) -> None:
    raise error
