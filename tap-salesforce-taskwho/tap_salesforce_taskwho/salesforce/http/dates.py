"""Dates and waits in HTTP headers."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


# Nobody can reckon with a date of year 1 or 9999.
_YEARS = range(1970, 4_000)


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After, which holds seconds or a date by the server's own clock."""
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
        found = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.year in _YEARS else None
