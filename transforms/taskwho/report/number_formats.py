"""Numbers and times as a report shows them."""

from __future__ import annotations

from datetime import UTC, datetime

_DAY = 24  # hours


def number(value: float | None) -> str:
    """With thousands separators: 2,392."""
    return "unknown" if value is None else f"{value:,}"


def relations(count: int) -> str:
    """So many relations: 1 relation, 2,392 relations."""
    return f"{number(count)} relation{'' if count == 1 else 's'}"


def percent(value: float) -> str:
    """With two decimals: 95.36%."""
    return f"{value:.2f}%"


def duration(seconds: float) -> str:
    """In words: 3 minutes 2 seconds; tenths below ten seconds, days and hours from two days on."""
    if seconds < 10:  # noqa: PLR2004 - tenths say nothing above it
        return f"{max(seconds, 0):.1f} seconds"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (rest, "second")]
    if hours >= 2 * _DAY:
        days, hours = divmod(hours, _DAY)
        parts = [(days, "day"), (hours, "hour")]
    return " ".join(f"{n:,} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n)


def instant(value: datetime | str | None) -> str:
    """A time in UTC: 2025-07-06 18:22:14. None is the beginning; other text stays as it is."""
    if value is None:
        return "the beginning"
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
