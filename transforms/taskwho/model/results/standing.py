"""What a report compares with: the run before, and Salesforce's own count."""

from __future__ import annotations

from dataclasses import dataclass

from taskwho.model.results.document import Document


@dataclass(slots=True)
class LastRun(Document):
    """The run before, as far as a report compares with it; times are in UTC.

    `api_used` of `api_max` daily calls of the org were used. `failing_since` is when the first of
    the runs ended that have failed without a pause, None where it did not fail.
    """

    finished_at: str
    status: str
    exit_code: int = 0
    health: float | None = None
    waiting: int = 0
    fresh_until: str | None = None
    api_used: int | None = None
    api_max: int | None = None
    failing_since: str | None = None


@dataclass(slots=True)
class OrgCount(Document):
    """How many relations Salesforce counted, and where they were at that time.

    `counted_by` is `verify`, which counts live relations, or `full run`, whose count includes those
    in the recycle bin. A repair has not placed them yet where `in_table` is None.
    """

    counted_at: str
    counted_by: str
    in_org: int
    in_table: int | None = None
    waiting: int | None = None
    set_aside: int | None = None

    @property
    def apart(self) -> int | None:
        """How many more Salesforce counts than are here; None where that is not known."""
        if self.in_table is None:
            return None
        return self.in_org - self.in_table - (self.waiting or 0) - (self.set_aside or 0)
