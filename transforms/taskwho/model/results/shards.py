"""The plan of a first load that several workers share."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One range of Ids, `id_from <= Id < id_to`; None is open.

    It had `counted` relations when it was planned. Those up to `after_id` have landed. `run_id` is
    the last run that began to read it, `window_to` the earliest end of its runs' windows.
    """

    shard: int
    of_shards: int
    id_from: str | None
    id_to: str | None
    counted: int
    org_id: str | None
    planned_at: datetime
    run_id: str | None = None
    after_id: str | None = None
    endpoint: str | None = None
    window_from: datetime | None = None
    window_to: datetime | None = None
    completed_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def name(self) -> str:
        """As `--shard` takes it."""
        return f"{self.shard}/{self.of_shards}"

    @property
    def is_complete(self) -> bool:
        """Whether all of it has landed."""
        return self.completed_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardPlan:
    """All shards of a first load, in the order of their Ids; `api_calls` were made to plan it."""

    shards: tuple[Shard, ...]
    api_calls: int = 0

    @property
    def incomplete(self) -> list[str]:
        """The names of the shards that have not landed to their end."""
        return [shard.name for shard in self.shards if not shard.is_complete]

    @property
    def is_done(self) -> bool:
        """Whether the bookmark is set."""
        return all(shard.done_at for shard in self.shards)

    def to_dict(self) -> dict[str, Any]:
        """Name every value as JSON does, times in ISO 8601."""
        found = asdict(self)
        for shard in found["shards"]:
            for name, value in shard.items():
                shard[name] = value.isoformat() if isinstance(value, datetime) else value
        return {**found, "incomplete": self.incomplete, "done": self.is_done}
