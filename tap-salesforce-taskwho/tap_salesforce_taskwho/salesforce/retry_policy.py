"""When a request is sent again, and how long the tap waits before it does."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tap_salesforce_taskwho.errors import Stopped, TapError
from tap_salesforce_taskwho.errors.requests import RETRIES_EXHAUSTED
from tap_salesforce_taskwho.errors.rules import RETRIED
from tap_salesforce_taskwho.errors.state import STOPPED
from tap_salesforce_taskwho.salesforce.failure import Failure

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

Result = TypeVar("Result")

LONGEST_WAIT_SECONDS = 60.0
LONGEST_RETRY_AFTER_SECONDS = 120.0
# Longer than any maintenance page that is worth waiting for. The next run goes on from the state.
LONGEST_ELAPSED_SECONDS = 1_800.0
# How long a stop can go unnoticed.
_NAP_SECONDS = 0.1
# It spreads requests and hides nothing. It is not the module's own generator, which tests seed.
CHANCE = random.Random()  # noqa: S311


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """The limits of every request of a run. A stop cuts every wait short."""

    max_attempts: int
    logger: logging.Logger
    should_stop: Callable[[], bool]
    sleep: Callable[[float], None] = time.sleep

    def begin(self, request: str, *, first_wait_seconds: float = 1.0) -> Attempts:
        """Begin a request; `request` names it in logs and errors."""
        return Attempts(self, request, first_wait_seconds, time.monotonic())

    def wait(self, seconds: float) -> None:
        """Wait; raises Stopped as soon as somebody asks to stop."""
        until = time.monotonic() + seconds
        while True:
            if self.should_stop():
                raise Stopped(STOPPED)
            left = until - time.monotonic()
            if left <= 0:
                return
            self.sleep(min(left, _NAP_SECONDS))


@dataclass(slots=True)
class Attempts:
    """The attempts of one request: exponential back-off with full jitter.

    (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter)
    """

    policy: RetryPolicy
    request: str
    first_wait_seconds: float
    began: float
    number: int = 0

    @property
    def duration_ms(self) -> int:
        """How long all attempts took so far, waits included."""
        return round((time.monotonic() - self.began) * 1_000)

    def run(self, send: Callable[[], Result | Failure], *, endpoint: str = "") -> Result:
        """Send until the answer is the one asked for; raises TapError where it never is."""
        while True:
            self.number += 1
            result = send()
            if not isinstance(result, Failure):
                return result
            if result.action not in RETRIED:
                raise result.error(self.request, endpoint=endpoint)
            self._wait(result)

    def _wait(self, failure: Failure) -> None:
        limit = self.policy.max_attempts
        wait = self._wait_seconds(failure)
        elapsed = time.monotonic() - self.began
        if self.number >= limit or elapsed + wait > LONGEST_ELAPSED_SECONDS:
            raise TapError(
                RETRIES_EXHAUSTED,
                request=self.request,
                attempts=self.number,
                seconds=elapsed,
                cause=failure.cause,
                fix=failure.fix,
            )
        self.policy.logger.warning(
            "%s failed: %s. Attempt %d of %d; the next one in %.1f seconds.",
            *(self.request, failure.cause, self.number, limit, wait),
        )
        self.policy.wait(wait)

    def _wait_seconds(self, failure: Failure) -> float:
        jitter = CHANCE.random()
        if failure.retry_after_seconds is not None:
            asked = min(failure.retry_after_seconds, LONGEST_RETRY_AFTER_SECONDS)
            return asked + jitter * self.first_wait_seconds
        longest = self.first_wait_seconds * 2.0 ** min(self.number - 1, 30)
        return jitter * min(LONGEST_WAIT_SECONDS, longest)
