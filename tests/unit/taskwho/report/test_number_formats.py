"""Numbers and times as people read them."""

from __future__ import annotations

import pytest
from taskwho.report.number_formats import duration, instant, number, percent


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 seconds"),
        (9.44, "9.4 seconds"),
        (12, "12 seconds"),
        (61, "1 minute 1 second"),
        (182, "3 minutes 2 seconds"),  # the seed's example
        (3600, "1 hour"),
        (59.7, "1 minute"),  # rounded before it is split
        (7384, "2 hours 3 minutes 4 seconds"),
        (172_799, "47 hours 59 minutes 59 seconds"),
        (176_500, "2 days 1 hour"),
        (-0.2, "0.0 seconds"),  # a clock that was set back
    ],
)
def test_durations_are_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_numbers_have_thousands_separators_and_percentages_two_decimals() -> None:
    assert number(1234567) == "1,234,567"
    assert number(None) == "unknown"
    assert percent(95.359) == "95.36%"


def test_times_are_shown_in_utc_wherever_they_were_written() -> None:
    assert instant("2025-01-01T01:00:00+02:00") == "2024-12-31 23:00:00"
    assert instant(None) == "the beginning"
    assert instant("no time") == "no time"
