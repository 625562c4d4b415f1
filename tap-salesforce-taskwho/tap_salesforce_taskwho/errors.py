"""What can end a run, by exit code; every message says what happened, why, and what to do.

TapError (1)
├── UserError (2)
├── RetriesExhausted (1)
├── InconsistentPage (1)
├── ReadOnlyViolation (1)
├── QuotaReached (3)
├── Stopped (130)
└── for the stream to answer, not the user: QueryTimeout, QueryAllRefused, TooManyDeletedIds,
    DeletesNoLongerKept
"""

# ruff: noqa: N818 - the names say what happened

from __future__ import annotations


class TapError(Exception):
    """The run failed; its state is kept, and it can be started again."""

    exit_code = 1


class UserError(TapError):
    """Somebody must change a setting, a credential or an access right."""

    exit_code = 2


class RetriesExhausted(TapError):
    """A request failed as often as max_attempts allows."""


class InconsistentPage(TapError):
    """A page that cannot be right: going on could skip or repeat rows."""


class ReadOnlyViolation(TapError):
    """Something other than the reads on the allow-list was about to be sent, and was not."""


class QuotaReached(TapError):
    """The daily API calls, or this run's share of them, are used."""

    exit_code = 3


class Stopped(TapError):
    """Somebody asked the tap to stop, and it did, between two pages."""

    exit_code = 130


class QueryTimeout(TapError):
    """The org gave up on a query: ask for fewer rows."""


class QueryAllRefused(TapError):
    """The org does not serve this object through queryAll: ask through query."""


class TooManyDeletedIds(TapError):
    """EXCEEDED_ID_LIMIT: a window of deletes holds over 600,000 Ids: ask for a shorter one."""


class DeletesNoLongerKept(TapError):
    """INVALID_REPLICATION_DATE: the org's list of deletes does not reach back so far."""
