"""What a history changes in the processes that it runs: shorter waits, and kills from inside."""

from __future__ import annotations

import functools
import importlib
import itertools
import os
import signal
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable

# the longest wait between two attempts: a history has many faults
LONGEST_WAIT_SECONDS = 0.02


def interfere(dies_after: int | None = None) -> None:
    """Shorten the waits of this process, and kill it after so many database operations."""
    _shorten_waits()
    if dies_after is not None:
        _die_after(dies_after)


def _shorten_waits() -> None:
    """Shorten the waits between attempts; test_retry_policy.py tests their length."""
    policy = importlib.import_module("tap_salesforce_taskwho.salesforce.retry_policy")
    for name in ("LONGEST_WAIT_SECONDS", "LONGEST_RETRY_AFTER_SECONDS"):
        assert hasattr(policy, name)
        setattr(policy, name, LONGEST_WAIT_SECONDS)


def _die_after(operations: int) -> None:
    """Send SIGKILL to this process after so many statements, rows of a COPY and commits."""
    numbers = itertools.count(1)

    def counted(operation: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(operation)
        def do(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - psycopg's
            done = operation(*given, **named)
            if next(numbers) == operations:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return do

    for kind, name in (("Cursor", "execute"), ("Copy", "write_row"), ("Connection", "commit")):
        of_psycopg = getattr(psycopg, kind)
        setattr(of_psycopg, name, counted(getattr(of_psycopg, name)))
