"""The window of a run: which rows it reads, computed from settings, bookmark and clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.errors.settings import START_DATE_IN_THE_FUTURE
from tap_salesforce_taskwho.pagination.id_space import id_before
from tap_salesforce_taskwho.salesforce.soql import Bounds

if TYPE_CHECKING:
    from tap_salesforce_taskwho.config.settings import Mode, Settings


@dataclass(frozen=True, slots=True)
class Window:
    """The rows with `start <= SystemModstamp < end` and `after_id < Id <= until_id`.

    Without a `start`, the query has no upper bound either: a row that changes during a long scan
    would leave it unseen. `end` is then only the next bookmark.
    """

    start: datetime | None
    end: datetime
    after_id: str | None = None
    resumed: bool = False
    until_id: str | None = None

    def bounds(self, after_id: str | None, until_id: str | None = None) -> Bounds:
        """Give the bounds of a query for a range of Ids, inside the window."""
        ends = [end for end in (until_id, self.until_id) if end is not None]
        return Bounds(
            modstamp_from=self.start,
            modstamp_to=None if self.start is None else self.end,
            after_id=after_id,
            until_id=min(ends, default=None),
        )

    def of_ids(self, id_from: str | None, id_to: str | None) -> Window:
        """Give its rows with `id_from <= Id < id_to`; None is open."""
        return replace(
            self,
            after_id=None if id_from is None else id_before(id_from),
            until_id=None if id_to is None else id_before(id_to),
        )

    def read_up_to(self, last_id: str | None) -> Window:
        """Give what is left when everything up to an Id has been read."""
        return self if last_id is None else replace(self, after_id=last_id)


def keeps_state(mode: Mode, *, is_cut: bool) -> bool:
    """Say whether a run neither uses an open window nor changes the state."""
    return mode in {"recent", "custom"} or is_cut


def fresh_window(
    settings: Settings, mode: Mode, *, bookmark: datetime | None, server_now: datetime
) -> Window | None:
    """Give the window of a mode at this moment, None where it is empty.

    `server_now` is the org's clock, never this machine's. Raises UserError for a start_date that
    lies after it.
    """
    now = server_now.replace(microsecond=0)
    end = now - timedelta(seconds=settings.lag_seconds)
    if mode == "custom" and settings.end_date is not None:
        end = min(end, settings.end_date)
    start = _start(settings, mode, bookmark=bookmark, now=now)
    if start is not None and start > now:
        raise UserError(START_DATE_IN_THE_FUTURE, start=start, now=now)
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
