"""API calls: what the org has used of its day, what this run has, and when to stop."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock

from tap_salesforce_taskwho.errors import QuotaReached

# It is a list: per-app-api-usage=17/250(appName=x) or api-bursts=1/750 may stand beside it
# (REST API Developer Guide, Limit Info Header).
_API_USAGE = re.compile(r"api-usage=([0-9]{1,12})/([1-9][0-9]{0,11})", re.ASCII)
_GO_ON = (
    "What was read is kept in the state: run again when calls are free (Salesforce counts the "
    "last 24 hours), and the next run goes on from there."
)


@dataclass(frozen=True, slots=True)
class ApiUsage:
    """Calls in the last 24 hours: the org's `used` of `maximum`, and those of this run."""

    used: int | None
    maximum: int | None
    run_calls: int


def read_limit_info(header: str | None) -> tuple[int, int] | None:
    """Read used and allowed calls from Sforce-Limit-Info, None where it does not say them."""
    for part in (header or "").split(";"):
        if found := _API_USAGE.fullmatch(part.strip()):
            return int(found[1]), int(found[2])
    return None


class UsageMeter:
    """Counts the calls of all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls = 0
        self.throttled = 0
        self._org: tuple[int | None, int | None] = (None, None)

    def count_call(self) -> None:
        """Note that a call was made."""
        with self._lock:
            self._calls += 1

    def count_throttling(self) -> None:
        """Note that the org asked for fewer requests at once."""
        with self._lock:
            self.throttled += 1

    def read(self, header: str | None) -> None:
        """Take what the org says of its own calls."""
        if (said := read_limit_info(header)) is not None:
            with self._lock:
                self._org = said

    def now(self) -> ApiUsage:
        """Give the counts as they stand."""
        with self._lock:
            return ApiUsage(*self._org, run_calls=self._calls)


def check_quota(usage: ApiUsage, *, percent_total: int, percent_run: int, planned: int = 0) -> None:
    """Raise QuotaReached where the org or this run is at its share of the day's calls.

    With `planned`, where it would be there before the last of so many calls: that one may be made.
    """
    if usage.used is None or usage.maximum is None:
        return
    at_once = f", and {planned:,} more are needed" if planned > 1 else ""
    before = max(0, planned - 1)
    if (usage.used + before) * 100 >= percent_total * usage.maximum:
        raise QuotaReached(
            f"The org has used {usage.used:,} of its {usage.maximum:,} daily API calls{at_once}: "
            f"api_quota_percent_total stops the tap at {percent_total} %. {_GO_ON}"
        )
    if (usage.run_calls + before) * 100 >= percent_run * usage.maximum:
        raise QuotaReached(
            f"This run has made {usage.run_calls:,} of the org's {usage.maximum:,} daily API "
            f"calls{at_once}: api_quota_percent_run stops it at {percent_run} %. "
            "What was read is kept in the state: the next run goes on from there, with a share of "
            "its own. Or raise api_quota_percent_run."
        )


def daily_limit_reached() -> QuotaReached:
    """Give the error for an org that has no call left."""
    return QuotaReached(
        "The org has no API call left (REQUEST_LIMIT_EXCEEDED), and waiting for seconds would not "
        f"help. {_GO_ON}"
    )
