"""The window of deletes that a run asks for, computed from mode and clock.

Salesforce ignores seconds here. The end must be more than a minute after the start. The start must
not be more than 30 days ago, nor before the org's list begins: the recycle bin's 15 days, or less
where an administrator has emptied it (REST API Developer Guide, sObject Get Deleted; SOAP API
Developer Guide, getDeleted).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tap_salesforce_taskwho.config.settings import Mode, Settings

_MINUTE = timedelta(minutes=1)
SHORTEST = 2 * _MINUTE
LONGEST = timedelta(days=30)
RECYCLE_BIN = timedelta(days=15)
# The beginning of the list moves with the clock while a request is on its way.
_MARGIN = 2 * _MINUTE


@dataclass(frozen=True, slots=True)
class DeleteWindow:
    """Deletes from `start` until `end`, both whole minutes."""

    start: datetime
    end: datetime

    @property
    def is_long_enough(self) -> bool:
        """Whether Salesforce accepts it."""
        return self.end - self.start >= SHORTEST

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start

    def first(self, length: timedelta) -> DeleteWindow:
        """Give its first part, of this length or less."""
        return replace(self, end=min(self.end, self.start + length))

    def half_length(self) -> timedelta | None:
        """Give half its length in whole minutes, None where no shorter window is accepted."""
        half = max(SHORTEST, self.length // (2 * _MINUTE) * _MINUTE)
        return half if half < self.length else None


def deletes_to_read(
    settings: Settings, mode: Mode, *, bookmark: datetime | None, server_now: datetime
) -> DeleteWindow:
    """Give the window of a mode at this moment, no further back than any org's list reaches.

    `server_now` is the org's clock, never this machine's.
    """
    now = _minute(server_now)
    start, end = now - LONGEST + _MARGIN, now
    if mode == "custom" and settings.end_date is not None:
        end = min(end, _next_minute(settings.end_date))
    wanted = _start(settings, mode, bookmark=bookmark, now=now)
    if wanted is not None:
        start = max(start, _minute(wanted))
    return DeleteWindow(start, end)


def _start(
    settings: Settings, mode: Mode, *, bookmark: datetime | None, now: datetime
) -> datetime | None:
    """Give the start, None for as far back as the list reaches.

    A start_date does not shorten a first run here: an older row that is stored can be deleted too.
    """
    match mode:
        case "full":
            return None
        case "recent":
            return now - timedelta(days=settings.days)
        case "custom":
            return settings.start_date
        case "incremental":
            return bookmark


def probe(server_now: datetime) -> DeleteWindow:
    """Give a window that every org answers: the answer says where its list begins."""
    now = _minute(server_now)
    return DeleteWindow(now - 2 * SHORTEST, now)


def later_start(refused: datetime, *, earliest: datetime, server_now: datetime) -> datetime | None:
    """Give the next start to try after a refused one, None where there is none.

    `earliest` is the beginning that the org gives. It is documented as the time of the last
    physical delete, which may be later than the beginning that the org accepts: so the recycle
    bin's 15 days are tried first.
    """
    known = (_next_minute(earliest), _minute(server_now) - RECYCLE_BIN + _MARGIN)
    return min((start for start in known if start > refused), default=None)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _next_minute(at: datetime) -> datetime:
    whole = _minute(at)
    return whole if whole == at else whole + _MINUTE
