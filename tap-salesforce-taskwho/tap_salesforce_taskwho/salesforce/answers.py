"""What the org answered, and what it took to get it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A page of records and what it took to get it.

    `records` are as Salesforce wrote them, less `attributes`: structs of the shape asked for, if
    all are of it, else dicts; one that is no object stays what it is. `duration_ms` counts all
    attempts and waits, `api_used` of `api_max` are the org's calls.
    """

    records: list[Any] = field(repr=False)
    done: bool
    total_size: int
    next_url: str | None
    attempts: int
    duration_ms: int
    api_used: int | None
    api_max: int | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """Deletes that no query shows, each as Salesforce wrote it, and until when they are complete.

    `earliest_date_available` is how far back the org's list of them reaches.
    """

    records: list[Any] = field(repr=False)
    earliest_date_available: datetime
    latest_date_covered: datetime
    attempts: int
    duration_ms: int
    fetched_at: datetime
