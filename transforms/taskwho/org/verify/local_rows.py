"""The live relations that are kept here: copied once, counted by ranges, corrected as found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql
from tap_salesforce_taskwho.salesforce.ids import long_id

from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS, STAMP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import psycopg

    from taskwho.database.catalog import Table
    from taskwho.model.entities import Field
    from taskwho.org.verify.regions import Region

_SQL = Scripts(__package__)
_CONDITIONS = {
    "after_id": 'id > {} collate "C"',
    "until_id": 'id <= {} collate "C"',
    "since": "stamp >= {}::timestamp",
    "before": "stamp < {}::timestamp",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where relations are kept: the user's table, None where there is none; our own tables.

    `fields` are those that the table takes, and that are compared.
    """

    table: Table | None
    key: str
    fields: tuple[Field, ...] = ()
    kept: tuple[str, ...] = ("quarantine", "set_aside")

    def holds(self, column: str) -> bool:
        """Whether the user's table takes a column."""
        return any(field.target == column for field in self.fields)

    def names(self) -> dict[str, sql.Composable]:
        """What the scripts call the parts of the user's table."""
        if self.table is None:
            return {}
        live = "stored.is_deleted is not true" if self.holds("is_deleted") else "true"
        return {
            "target": self.table.identifier,
            "key": sql.Identifier(self.key),
            "key_types": sql.SQL("{}[]").format(self.table.columns[self.key].compared_as),
            "stamp": sql.Identifier(STAMP) if self.holds(STAMP) else sql.SQL("null::timestamp"),
            "is_live": sql.SQL(live),
        }


class LocalCopy:
    """The copy, in temporary tables of the open transaction."""

    def __init__(
        self, conn: psycopg.Connection[Any], places: Places, floor: datetime | None
    ) -> None:
        self.conn = conn
        self.places = places
        kept = [
            _SQL.compose(
                "kept_rows",
                kept=sql.Identifier("taskwho", name),
                place=sql.Literal(name),
                stream=sql.Literal(RELATIONS.stream),
            )
            for name in places.kept
        ]
        if places.table is not None:
            kept.append(_SQL.compose("stored_rows", **places.names()))
        _SQL.run(conn, "local_rows", kept=sql.SQL("\nunion all\n").join(kept))
        if floor is not None:
            # a row without a stamp belongs to no time
            conn.execute(
                "delete from local_rows where stamp < %s and stamp > '1700-01-01'", [floor]
            )

    def totals(self) -> dict[str, int]:
        """How many rows are in the table, wait, and are set aside."""
        rows = self.conn.execute("select place, count(*) from local_rows group by place")
        return dict(rows.fetchall())

    def not_ids(self) -> list[str]:
        """The keys of live rows in the user's table that are no Ids of Salesforce."""
        if self.places.table is None:
            return []
        found = _SQL.run(self.conn, "not_ids", **self.places.names())
        return [key for (key,) in found if key is not None]

    def count(self, region: Region) -> int:
        """How many rows are in a region."""
        query = sql.SQL("select count(*) from local_rows where {}").format(_where(region))
        return int(self.conn.execute(query).fetchall()[0][0])

    def stamp_cuts(self, fractions: Sequence[float]) -> list[datetime]:
        """The distinct seconds at these fractions of the rows, in their order."""
        query = (
            "select unnest(percentile_disc(%s::float8[]) within group (order by stamp)) "
            "from local_rows"
        )
        cuts = [cut for (cut,) in self.conn.execute(query, [list(fractions)]) if cut is not None]
        return sorted({cut.replace(microsecond=0) for cut in cuts})

    def page_ends(self, rows: int) -> list[str]:
        """The Ids that end pages of so many rows."""
        query = (
            "select id from (select id, row_number() over (order by id) as place from local_rows) "
            "as numbered where place %% %s = 0 order by id"
        )
        # Salesforce refuses an Id whose last characters do not fit the others
        return sorted({long_id(end) for (end,) in self.conn.execute(query, [rows])})

    def ids(self, region: Region) -> set[str]:
        """The Ids in a region."""
        query = sql.SQL("select id from local_rows where {}").format(_where(region))
        return {found for (found,) in self.conn.execute(query)}

    def put(self, rows: Iterable[tuple[str, datetime]]) -> None:
        """Take rows for here, with the org's stamps."""
        with self.conn.cursor() as cursor:
            cursor.executemany(
                "insert into local_rows values (%s, %s, 'org') on conflict (id) do update "
                "set stamp = excluded.stamp",
                list(rows),
            )

    def drop(self, ids: Sequence[str]) -> None:
        """Take rows for not here, and not to be compared."""
        self.conn.execute("delete from local_rows where id = any(%s)", [list(ids)])


def _where(region: Region) -> sql.Composable:
    parts = [
        sql.SQL(text).format(sql.Literal(value))
        for name, text in _CONDITIONS.items()
        if (value := getattr(region, name)) is not None
    ]
    return sql.SQL(" and ").join(parts) if parts else sql.SQL("true")
