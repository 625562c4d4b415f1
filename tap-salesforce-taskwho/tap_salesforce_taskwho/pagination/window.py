"""Which part of an object's history a run reads, computed from settings, bookmark and clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tap_salesforce_taskwho.config.settings import Mode, Settings


@dataclass(frozen=True, slots=True)
class Window:
    """The rows with `start <= SystemModstamp < end`, read by Id, beyond `after_id`.

    Without a `start` there is no upper bound in the query either: a row that changes while a
    long scan goes on would otherwise leave it unseen. `end` is then the next bookmark alone.
    """

    start: datetime | None
    end: datetime
    after_id: str | None = None
    resumed: bool = False

    @property
    def modstamp_from(self) -> datetime | None:
        """The lower bound that a query has."""
        return self.start

    @property
    def modstamp_to(self) -> datetime | None:
        """The upper bound that a query has."""
        return None if self.start is None else self.end

    def read_up_to(self, last_id: str | None) -> Window:
        """Give what is left when everything up to an Id has been read."""
        return self if last_id is None else replace(self, after_id=last_id)


def keeps_state(mode: Mode, limit: int | None) -> bool:
    """Say whether a run neither uses an open window nor changes the state."""
    return mode in {"recent", "custom"} or limit is not None


def fresh(
    settings: Settings, mode: Mode, *, bookmark: datetime | None, server_now: datetime
) -> Window | None:
    """Give the window that a mode asks for at this moment, None where there is nothing in it.

    `server_now` is the org's clock, never this machine's.
    """
    now = server_now.replace(microsecond=0)
    end = now - timedelta(seconds=settings.lag_seconds)
    if mode == "custom" and settings.end_date is not None:
        end = min(end, settings.end_date)
    start = _start(settings, mode, bookmark=bookmark, now=now)
    if start is not None and start >= end:
        return None
    return Window(start=start, end=end)


def _start(
    settings: Settings, mode: Mode, *, bookmark: datetime | None, now: datetime
) -> datetime | None:
    match mode:
        case "full":
            return None
        case "recent":
            return now - timedelta(days=settings.days)
        case "custom":
            return settings.start_date
        case "incremental":
            if bookmark is None:
                return settings.start_date
            return bookmark - timedelta(seconds=settings.lookback_seconds)
