"""A request's answer: its body, and what it cost to get it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Generic, TypeVar

Body = TypeVar("Body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What an answer cost.

    `attempts` are API calls, `duration_ms` covers all of them and the waits between. The org has
    then used `api_used` of `api_max` calls in 24 hours, where it says so. `fetched_at` is this
    machine's clock when it came, and `org_time` is the org's.
    """

    attempts: int = 0
    duration_ms: int = 0
    api_used: int | None = None
    api_max: int | None = None
    org_time: datetime | None = None
    fetched_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Reply(Generic[Body]):
    """A body and its cost."""

    body: Body = field(repr=False)
    cost: Cost
