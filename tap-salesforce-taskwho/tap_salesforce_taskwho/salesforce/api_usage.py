"""API calls: how many the org has used, how many this run has made, and when to stop."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import QuotaReached
from tap_salesforce_taskwho.errors.requests import ORG_QUOTA_REACHED, RUN_QUOTA_REACHED

if TYPE_CHECKING:
    from datetime import datetime

# The header is a list: per-app-api-usage=17/250(appName=x) or api-bursts=1/750 may stand beside it
# (REST API Developer Guide, Limit Info Header).
_API_USAGE = re.compile(r"api-usage=([0-9]{1,12})/([1-9][0-9]{0,11})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ApiUsage:
    """Calls in the last 24 hours: the org's `used` of `maximum`, and those of this run.

    `org_time` is the org's clock at the last answer.
    """

    used: int | None
    maximum: int | None
    run_calls: int
    org_time: datetime | None = None


def read_limit_info(header: str | None) -> tuple[int, int] | None:
    """Read used and allowed calls from Sforce-Limit-Info, None where it does not hold them."""
    for part in (header or "").split(";"):
        if found := _API_USAGE.fullmatch(part.strip()):
            return int(found[1]), int(found[2])
    return None


class UsageMeter:
    """Counts the calls of all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls = self._told = 0
        self.throttled = 0
        self._org: tuple[int | None, int | None] = (None, None)
        self._org_time: datetime | None = None

    def count_call(self) -> None:
        """Count a call."""
        with self._lock:
            self._calls += 1

    def new_calls(self) -> int:
        """Give the calls since this was last asked."""
        with self._lock:
            new, self._told = self._calls - self._told, self._calls
            return new

    def count_throttling(self) -> None:
        """Count an answer that asks for fewer requests at once."""
        with self._lock:
            self.throttled += 1

    def read(self, limit_info: str | None, org_time: datetime | None) -> None:
        """Take over what an answer says of the org's calls and clock."""
        said = read_limit_info(limit_info)
        with self._lock:
            self._org = said or self._org
            self._org_time = org_time

    def now(self) -> ApiUsage:
        """Give the counts as they stand."""
        with self._lock:
            return ApiUsage(*self._org, run_calls=self._calls, org_time=self._org_time)


def check_quota(usage: ApiUsage, *, percent_total: int, percent_run: int, planned: int = 1) -> None:
    """Raise QuotaReached where the `planned` calls do not fit into the shares of the day's calls.

    The call that reaches a share may still be made; none may be made after it.
    """
    if usage.used is None or usage.maximum is None:
        return
    before_last = max(0, planned - 1)
    more = f", and {planned:,} more are needed" if before_last else ""
    for used, percent, problem in (
        (usage.used, percent_total, ORG_QUOTA_REACHED),
        (usage.run_calls, percent_run, RUN_QUOTA_REACHED),
    ):
        if (used + before_last) * 100 >= percent * usage.maximum:
            raise QuotaReached(
                problem, used=used, maximum=usage.maximum, planned=more, percent=percent
            )
