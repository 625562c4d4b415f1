"""Waits between attempts, and when there are no more of them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from tap_salesforce_taskwho.errors import Stopped, TapError, UserError
from tap_salesforce_taskwho.errors.rules import ResponseAction
from tap_salesforce_taskwho.salesforce import retry_policy as module
from tap_salesforce_taskwho.salesforce.failure import Failure
from tap_salesforce_taskwho.salesforce.retry_policy import LONGEST_ELAPSED_SECONDS, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

LOST = Failure(
    action=ResponseAction.RETRY, cause="the connection was lost", fix="Check the network."
)


class Clock:
    """A clock that only sleep moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        """Give the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class Server:
    """Answers with one failure after the other, then with a page; notes when it was asked."""

    def __init__(self, clock: Clock, *failures: Failure) -> None:
        self.clock, self.failures = clock, list(failures)
        self.asked: list[float] = []

    def answer(self) -> str | Failure:
        """Give the next answer."""
        self.asked.append(self.clock.now)
        return self.failures.pop(0) if self.failures else "a page"

    @property
    def waits(self) -> list[float]:
        """The seconds between two requests."""
        pairs = zip(self.asked, self.asked[1:], strict=False)
        return [round(after - before, 3) for before, after in pairs]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock.monotonic)
    monkeypatch.setattr(module.CHANCE, "random", lambda: 0.5)
    return clock


def policy(
    clock: Clock, attempts: int = 8, should_stop: Callable[[], bool] = lambda: False
) -> RetryPolicy:
    return RetryPolicy(attempts, logging.getLogger("test"), should_stop, clock.sleep)


def too_many(retry_after: float) -> Failure:
    return Failure(
        action=ResponseAction.SLOW_DOWN, cause="too many", retry_after_seconds=retry_after
    )


def test_waits_double_up_to_a_minute(clock: Clock) -> None:
    server = Server(clock, *[LOST] * 9)
    attempts = policy(clock, 10).begin("A page")
    assert attempts.run(server.answer) == "a page"
    assert server.waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert (attempts.number, attempts.duration_ms) == (10, 121_500)


def test_the_jitter_may_take_the_whole_wait(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.CHANCE, "random", lambda: 0.0)
    server = Server(clock, LOST)
    policy(clock).begin("A page").run(server.answer)
    assert server.waits == [0]


def test_the_last_attempt_says_how_often_why_and_what_to_do(clock: Clock) -> None:
    server = Server(clock, LOST, LOST)
    with pytest.raises(TapError) as caught:
        policy(clock, 2).begin("A page").run(server.answer)
    assert caught.value.exit_code == 1
    assert str(caught.value) == (
        "A page failed 2 times in 0 seconds, the last time because: the connection was lost. Run "
        "again to go on where this run ended. Check the network. What was read is kept in the "
        "state."
    )


def test_a_request_is_not_tried_for_ever(clock: Clock) -> None:
    def slowly() -> Failure:
        clock.now += LONGEST_ELAPSED_SECONDS
        return LOST

    attempts = policy(clock, 100).begin("A page")
    with pytest.raises(TapError, match="failed 1 times"):
        attempts.run(slowly)


def test_what_waiting_cannot_fix_ends_at_once(clock: Clock) -> None:
    refused = Failure(action=ResponseAction.FAIL, cause="no right", fix="Give it.")
    server = Server(clock, refused)
    with pytest.raises(UserError) as caught:
        policy(clock).begin("A page").run(server.answer)
    assert str(caught.value) == "A page failed: no right. Give it."
    assert server.asked == [0]


@pytest.mark.parametrize(("asked", "waited"), [(0.0, 0.5), (7.0, 7.5), (9_999.0, 120.5)])
def test_retry_after_is_obeyed_up_to_two_minutes(clock: Clock, asked: float, waited: float) -> None:
    server = Server(clock, too_many(asked))
    policy(clock).begin("A page").run(server.answer)
    assert server.waits == [pytest.approx(waited)]


def test_a_wait_ends_when_somebody_asks_to_stop(clock: Clock) -> None:
    server = Server(clock, too_many(100))
    attempts = policy(clock, should_stop=lambda: clock.now > 3).begin("A page")
    with pytest.raises(Stopped, match="Run again"):
        attempts.run(server.answer)
    assert clock.now < 4


def test_each_retry_is_logged_with_its_cause(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    policy(clock).begin("A page").run(Server(clock, LOST).answer)
    assert caplog.messages == [
        "A page failed: the connection was lost. Attempt 1 of 8; the next one in 0.5 seconds."
    ]
