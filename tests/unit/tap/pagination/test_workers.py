"""Threads that send requests, and a main thread that notices a stop while no answer comes."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Never

import pytest
from tap_salesforce_taskwho.pagination.workers import NAP_SECONDS, Workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class NoticedError(Exception):
    """The main thread has looked whether to stop."""


class BlockedError(Exception):
    """The main thread waited for an answer alone."""


@contextmanager
def a_slow_signal() -> Iterator[None]:
    """A signal whose handling outlasts a nap; a second one ends a wait that looks at nothing."""
    seen: list[int] = []

    def handle(number: int, _frame: FrameType | None) -> None:
        seen.append(number)
        if len(seen) > 1:
            raise BlockedError
        time.sleep(NAP_SECONDS * 1.5)
        signal.setitimer(signal.ITIMER_REAL, NAP_SECONDS * 10)

    before = signal.signal(signal.SIGALRM, handle)
    signal.setitimer(signal.ITIMER_REAL, NAP_SECONDS / 4)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def notice() -> Never:
    raise NoticedError


def test_a_signal_that_outlasts_a_nap_lets_no_stop_go_unnoticed() -> None:
    never, workers = threading.Event(), Workers(1)
    workers.submit(never.wait, done=lambda _: None, failed=lambda _: None)
    with pytest.raises(NoticedError), a_slow_signal():
        workers.deliver(wait=notice)
    never.set()
    workers.close()


def test_what_has_come_is_delivered_without_a_look() -> None:
    workers, answers = Workers(1), list[str]()
    workers.submit(lambda: "page", done=answers.append, failed=lambda _: None)
    while not answers:
        workers.deliver()
    workers.deliver(wait=notice)
    assert (answers, workers.busy) == (["page"], 0)
    workers.close()
