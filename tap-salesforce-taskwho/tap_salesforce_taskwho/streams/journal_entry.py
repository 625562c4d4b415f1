"""One entry of the journal: a page, where it lies, and what it cost. Declared here once."""

# ruff: noqa: RUF009 -- column() gives a dataclasses.field

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from singer_sdk import typing as th

from tap_salesforce_taskwho.errors import QuotaReached

Outcome = Literal["complete", "limit", "quota", "failed"]
TEXT, NUMBER, BOOLEAN, DATETIME = (
    th.StringType,
    th.IntegerType,
    th.BooleanType,
    th.DateTimeType,
)


def outcome_of(error: Exception) -> Outcome:
    """Give the outcome of a window that an error ends."""
    return "quota" if isinstance(error, QuotaReached) else "failed"


def column(kind: type[th.JSONTypeHelper[Any]], description: str) -> Any:  # noqa: ANN401 -- as dataclasses.field
    """Declare a field of `JournalEntry`, with what the stream's schema says of it."""
    return field(metadata={"kind": kind, "description": description})


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """A page of a stream. The last entry of a window has an outcome.

    On an entry with an outcome, `attempts` also holds the calls that were for no page, such as
    counts and last Ids.
    """

    run_id: str = column(TEXT, "the run")
    stream: str = column(TEXT, "the stream read")
    batch: int = column(NUMBER, "1, 2, … in a run")
    mode: str = column(TEXT, "the run's mode")
    window_from: str | None = column(DATETIME, "null: from the beginning")
    window_to: str | None = column(DATETIME, "the end of the window")
    after_id: str | None = column(TEXT, "the cursor of the request")
    first_id: str | None = column(TEXT, "the page's first Id")
    last_id: str | None = column(TEXT, "the page's last Id")
    endpoint: str = column(TEXT, "queryAll, query or deleted")
    resumed: bool = column(BOOLEAN, "an earlier run opened the window")
    org_id: str | None = column(TEXT, "the org's Id")
    records: int = column(NUMBER, "records in the page, without those that a stream map leaves out")
    attempts: int = column(NUMBER, "API calls that it took")
    duration_ms: int = column(NUMBER, "milliseconds that it took, waits included")
    api_used: int | None = column(NUMBER, "the org's API calls in 24 hours")
    api_max: int | None = column(NUMBER, "the org's daily limit")
    fetched_at: str = column(DATETIME, "when it came")
    counted: int | None = column(NUMBER, "the window's rows, by COUNT()")
    outcome: Outcome | None = column(
        TEXT, "on a window's last entry: complete, limit, quota or failed"
    )
    bookmark: str | None = column(DATETIME, "the bookmark that the window began from")
    org_time: str | None = column(DATETIME, "when it came, by the org's clock")
