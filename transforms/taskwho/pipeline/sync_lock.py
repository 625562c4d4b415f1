"""One run at a time for each state, wherever it runs."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database.connection import connect
from taskwho.model.errors import Busy
from taskwho.model.errors.running import ANOTHER_RUN_IS_AT_WORK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# PostgreSQL 17 has one more time-out: those that there are get set
_NO_TIME_OUTS = """
    select set_config(name, '0', true) from pg_settings
    where name in (
        'statement_timeout', 'lock_timeout', 'transaction_timeout',
        'idle_in_transaction_session_timeout', 'idle_session_timeout'
    )
"""
_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('taskwho ' || {}, 0))"


@contextlib.contextmanager
def alone(url: str, names: Sequence[str]) -> Iterator[None]:
    """Hold a lock on each name, and raise Busy where another run holds it.

    The locks belong to a transaction that stays open on a connection of its own, so that they hold
    through PgBouncer, and go with the connection where this process dies.
    """
    with contextlib.closing(connect(url, "taskwho lock", keepalives_idle="60")) as connection:
        connection.execute("begin isolation level read committed")
        connection.execute(_NO_TIME_OUTS)
        for name in sorted(names):
            if not _try(connection, name):
                raise Busy(ANOTHER_RUN_IS_AT_WORK, name=name)
        yield
        # PgBouncer keeps a connection that is left in order; a lost one has nothing to give back
        with contextlib.suppress(psycopg.Error):
            connection.execute("rollback")


def _try(connection: psycopg.Connection[Any], name: str) -> bool:
    # a parameter would leave a portal behind, whose snapshot keeps vacuum from its work
    row = connection.execute(sql.SQL(_LOCK).format(sql.Literal(name))).fetchone()
    return bool(row and row[0])
