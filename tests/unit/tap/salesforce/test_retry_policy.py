"""Waits between attempts, and when there are no more of them."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tap_salesforce_taskwho.errors import RetriesExhausted, Stopped
from tap_salesforce_taskwho.salesforce import retry_policy as module
from tap_salesforce_taskwho.salesforce.responses import Failure, Verdict
from tap_salesforce_taskwho.salesforce.retry_policy import (
    LONGEST_ELAPSED_SECONDS,
    Patience,
    read_http_date,
    retry_after_seconds,
)

if TYPE_CHECKING:
    from collections.abc import Callable

LOST = Failure(Verdict.RETRY, "the connection was lost", "Check the network.")


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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock.monotonic)
    monkeypatch.setattr(module.CHANCE, "random", lambda: 0.5)
    return clock


def patient(clock: Clock, attempts: int = 8, stop: Callable[[], bool] = lambda: False) -> Patience:
    return Patience(attempts, logging.getLogger("test"), stop, clock.sleep)


def test_waits_double_up_to_a_minute(clock: Clock) -> None:
    attempts = patient(clock, 10).start("A page")
    waits = []
    for _ in range(9):
        attempts.begin()
        before = clock.now
        attempts.wait(LOST)
        waits.append(round(clock.now - before, 3))
    assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_the_jitter_takes_the_whole_wait(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.CHANCE, "random", lambda: 0.0)
    attempts = patient(clock).start("A page")
    attempts.begin()
    attempts.wait(LOST)
    assert clock.now == 0


def test_the_last_attempt_says_how_often_why_and_what_to_do(clock: Clock) -> None:
    attempts = patient(clock, 2).start("A page")
    attempts.begin()
    attempts.wait(LOST)
    attempts.begin()
    with pytest.raises(RetriesExhausted) as caught:
        attempts.wait(LOST)
    assert "A page failed 2 times" in str(caught.value)
    assert "the connection was lost" in str(caught.value)
    assert str(caught.value).endswith("Check the network.")


def test_a_request_is_not_tried_for_ever(clock: Clock) -> None:
    attempts = patient(clock, 100).start("A page")
    attempts.begin()
    clock.now = LONGEST_ELAPSED_SECONDS
    with pytest.raises(RetriesExhausted):
        attempts.wait(LOST)


@pytest.mark.parametrize(("asked", "waited"), [(0.0, 0.5), (7.0, 7.5), (9_999.0, 120.5)])
def test_retry_after_is_honoured_up_to_two_minutes(
    clock: Clock, asked: float, waited: float
) -> None:
    attempts = patient(clock).start("A page")
    attempts.begin()
    attempts.wait(Failure(Verdict.EASE, "too many", retry_after_seconds=asked))
    assert clock.now == pytest.approx(waited)


def test_a_wait_ends_when_somebody_asks_to_stop(clock: Clock) -> None:
    attempts = patient(clock, stop=lambda: clock.now > 3).start("A page")
    attempts.begin()
    with pytest.raises(Stopped, match="run again"):
        attempts.wait(Failure(Verdict.EASE, "too many", retry_after_seconds=100))
    assert clock.now < 4


def test_each_retry_is_logged_with_its_cause(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    attempts = patient(clock).start("A page")
    attempts.begin()
    attempts.wait(LOST)
    assert caplog.messages == [
        "A page failed: the connection was lost. Attempt 1 of 8; the next one in 0.5 seconds."
    ]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Tue, 24 Sep 2024 06:32:34 GMT", 30),  # by the server's clock, years behind this one
        ("Tue, 24 Sep 2024 06:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("1.5", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(written: str, seconds: float | None) -> None:
    headers = {"Retry-After": written, "Date": "Tue, 24 Sep 2024 06:32:04 GMT"}
    assert retry_after_seconds(headers) == seconds


@pytest.mark.parametrize("written", ["", "yesterday", "Tue, 99 Sep 2024 06:32:34 GMT", "0"])
def test_what_is_no_http_date_is_none(written: str) -> None:
    assert read_http_date(written) is None


def test_http_dates_are_utc() -> None:
    read = read_http_date("Tue, 24 Sep 2024 06:32:04 GMT")
    assert read == datetime(2024, 9, 24, 6, 32, 4, tzinfo=UTC)
    assert read_http_date("Tue, 24 Sep 2024 06:32:04 -0000") == read
