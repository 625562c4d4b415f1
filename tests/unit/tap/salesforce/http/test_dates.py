"""Retry-After and Date, as servers write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tap_salesforce_taskwho.salesforce.http.dates import read_http_date, retry_after_seconds


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
