"""Lets the differences land: what the org shows as records, what it does not as deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import catalog, landing, scripts
from taskwho.database.scripts import Scripts
from taskwho.model.entities import DELETES, RELATIONS, STAMP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from taskwho.org.verify.local_rows import Places

_SQL = Scripts(__package__)
_NEWER_HERE = """
    with versions as (
        select
            id,
            stored_stamp,
            coalesce(
                (record ->> 'SystemModstamp')::timestamptz, %s::timestamptz - interval '1 second'
            ) as stamp
        from differences
    )

    select id, stored_stamp, stamp from versions where stored_stamp::timestamptz > stamp
"""
_LANDED = "select id from differences where record is not null"
_GONE = "select id from differences where kind = 'gone'"


class Repair:
    """The differences of an open comparison, on their way into the landing tables."""

    def __init__(
        self,
        compared: psycopg.Connection[Any],
        conn: psycopg.Connection[Any],
        places: Places,
        fields: Sequence[str],
    ) -> None:
        """`compared` has the differences in its open transaction, `conn` is another connection.

        `fields` are those that were read: what was not is left as it is stored.
        """
        self._compared, self._conn = compared, conn
        self._places, self._fields = places, fields

    def land(self, *, now: datetime, with_gone: bool) -> None:
        """Land them in one transaction; the next promotion takes them. `now` is the org's clock."""
        with self._conn.transaction():
            self._conn.execute("set local time zone 'UTC'")
            self._take_back_newer_stamps(now)
            self._land_records()
            # the org shows them: that they were once listed as removed does not count any more
            self._forget_deletes(_LANDED, is_applied=None)
            if with_gone:
                self._land_gone(now)

    def forget_applied(self) -> None:
        """Forget the deletes that were applied, so that a relation may come back as it was."""
        self._forget_deletes(_GONE, is_applied=True)

    def _take_back_newer_stamps(self, now: datetime) -> None:
        """Let no row have a newer stamp than the org's: it would refuse the org's version."""
        if not self._places.holds(STAMP):
            return
        names = self._places.names()
        statement = sql.SQL(
            "update {target} set {stamp} = %s where {key} = %s and {stamp}::timestamp::text = %s"
        ).format(**names)
        for record_id, stored, stamp in self._compared.execute(_NEWER_HERE, [now]):
            try:
                with self._conn.transaction():
                    self._conn.execute(statement, [stamp, record_id, stored])
            except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.RaiseException):
                continue  # the table refuses it: the difference stands, and the result says so

    def _land_records(self) -> None:
        table = catalog.require(self._conn, landing.SCHEMA, RELATIONS.stream)
        known = [field for field in self._fields if field in table.columns]
        values = [sql.SQL("record ->> {}").format(sql.Literal(field)) for field in known]
        query = _SQL.compose("landed_again", values=scripts.lines(values))
        into = sql.SQL("copy {} ({}) from stdin").format(table.identifier, scripts.names(known))
        with (
            self._compared.cursor().copy(query) as out,
            self._conn.cursor().copy(into) as landed,
        ):
            for block in out:
                landed.write(block)

    def _land_gone(self, now: datetime) -> None:
        into = sql.SQL('insert into {} ("Id", "deletedDate") values (%s, %s)').format(
            sql.Identifier(landing.SCHEMA, DELETES)
        )
        with self._conn.cursor() as cursor:
            at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
            cursor.executemany(into, [(found, at) for (found,) in self._compared.execute(_GONE)])

    def _forget_deletes(self, query: str, *, is_applied: bool | None) -> None:
        ids = [found for (found,) in self._compared.execute(query.encode())]
        self._conn.execute(
            "delete from taskwho.deleted_relations where salesforce_id = any(%s) "
            "and (%s::boolean is null or is_applied = %s)",
            [ids, is_applied, is_applied],
        )
