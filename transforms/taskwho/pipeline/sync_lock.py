"""One run at a time for each state, wherever it runs."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database.connection import connect, lift_time_outs
from taskwho.model.errors import Busy
from taskwho.model.errors.running import ANOTHER_RUN_IS_AT_WORK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('taskwho ' || {}, 0))"


@contextlib.contextmanager
def alone(url: str, names: Sequence[str]) -> Iterator[None]:
    """Hold a lock on each name, and raise Busy where another run holds it.

    The locks belong to a transaction that stays open on a connection of its own, so that they hold
    through PgBouncer, and go with the connection where this process dies.
    """
    with contextlib.closing(connect(url, "taskwho lock", keepalives_idle="60")) as connection:
        connection.execute("begin isolation level read committed")
        lift_time_outs(connection)
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
