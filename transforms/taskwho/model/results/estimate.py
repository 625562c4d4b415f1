"""What a run would read, as `taskwho sync --dry-run` says it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One window of one stream; times are in UTC, as the tap writes them.

    `window_from` is None for the beginning, `after_id` where an earlier run has read a part. `rows`
    is None where the org takes too long to count them, or keeps no count; so are `calls` and
    `seconds` then.
    """

    stream: str
    window_from: str | None
    window_to: str | None
    after_id: str | None = None
    rows: int | None = None
    calls: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """All windows of a run, and the org's API calls of the last 24 hours, where it says them."""

    windows: tuple[Estimate, ...]
    api_used: int | None
    api_max: int | None

    def to_dict(self) -> dict[str, Any]:
        """Name every value as JSON does."""
        return asdict(self)
