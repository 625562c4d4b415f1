"""How often a request is tried again, and how long it waits in between."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import RetriesExhausted, Stopped

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Mapping

    from tap_salesforce_taskwho.salesforce.responses import Failure

LONGEST_WAIT_SECONDS = 60.0
LONGEST_RETRY_AFTER_SECONDS = 120.0
# Longer than any maintenance page that is worth waiting for; the next run goes on from the state.
LONGEST_ELAPSED_SECONDS = 1_800.0
_NAP_SECONDS = 0.1
# spreads requests, hides nothing; its own, since nobody waits for a thread that still tries
CHANCE = random.Random()  # noqa: S311


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After, given in seconds or as a date by the server's own clock."""
    written = headers.get("Retry-After", "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    until = read_http_date(written)
    if until is None:
        return None
    now = read_http_date(headers.get("Date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def read_http_date(written: str) -> datetime | None:
    """Read an HTTP date, None where it is none."""
    try:
        read = parsedate_to_datetime(written)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Patience:
    """The limits of every request of a run, and what can cut a wait short."""

    max_attempts: int
    logger: logging.Logger
    should_stop: Callable[[], bool]
    sleep: Callable[[float], None] = time.sleep

    def start(self, what: str, *, first_wait_seconds: float = 1.0) -> Attempts:
        """Begin a request, named `what` in logs and errors."""
        return Attempts(self, what, first_wait_seconds, time.monotonic())

    def rest(self, seconds: float) -> None:
        """Wait; raises Stopped as soon as somebody asks for it."""
        until = time.monotonic() + seconds
        while True:
            if self.should_stop():
                raise Stopped(
                    "The tap was asked to stop while it waited to send a request again. What was "
                    "read is kept in the state: run again to go on from there."
                )
            left = until - time.monotonic()
            if left <= 0:
                return
            self.sleep(min(left, _NAP_SECONDS))


@dataclass(slots=True)
class Attempts:
    """One request's attempts: exponential back-off with full jitter.

    (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter)
    """

    patience: Patience
    what: str
    first_wait_seconds: float
    began: float
    number: int = 0

    def begin(self) -> None:
        """Count an attempt."""
        self.number += 1

    @property
    def duration_ms(self) -> int:
        """How long all attempts took so far, waits included."""
        return round((time.monotonic() - self.began) * 1_000)

    def wait(self, failure: Failure) -> None:
        """Wait before the next attempt; raises RetriesExhausted where there is none."""
        limit = self.patience.max_attempts
        wait = self._wait_seconds(failure)
        elapsed = time.monotonic() - self.began
        if self.number >= limit or elapsed + wait > LONGEST_ELAPSED_SECONDS:
            raise RetriesExhausted(
                f"{self.what} failed {self.number} times in {elapsed:,.0f} seconds, the last time "
                f"because: {failure.cause}. What was read before is kept in the state: run again "
                f"to go on from there. {failure.cure}".rstrip()
            )
        self.patience.logger.warning(
            "%s failed: %s. Attempt %d of %d; the next one in %.1f seconds.",
            *(self.what, failure.cause, self.number, limit, wait),
        )
        self.patience.rest(wait)

    def _wait_seconds(self, failure: Failure) -> float:
        jitter = CHANCE.random()
        if failure.retry_after_seconds is not None:
            asked = min(failure.retry_after_seconds, LONGEST_RETRY_AFTER_SECONDS)
            return asked + jitter * self.first_wait_seconds
        longest = self.first_wait_seconds * 2.0 ** min(self.number - 1, 30)
        return jitter * min(LONGEST_WAIT_SECONDS, longest)
