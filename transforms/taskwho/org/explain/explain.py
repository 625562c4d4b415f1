"""Finds out why parents are missing: from the database alone, then from the answers of the org."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from taskwho.database.scripts import Scripts
from taskwho.model.entities import ENTITIES, PARENTS, STAMP
from taskwho.model.missing import CAUSES, Explanation, MissingGroup, MissingId

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from taskwho.model.settings import PostLoadSettings
    from taskwho.org.explain.answers import Answer

    Ask = Callable[[Sequence[tuple[str, str]]], Iterable[list[Answer]]]

_SQL = Scripts(__package__)
_GOOD_FOR = timedelta(days=7)
# more than Salesforce is asked about in a run; the others count as not asked
_MOST_RANKED = 10_000
_WORST = 10
# a table of this size is read in some milliseconds
_SMALL_BYTES = 8 * 1024 * 1024
_TABLES = sql.SQL("(values {}) as tables (parent, ended_at, ended_text, is_read_whole)")
_END_COLUMNS = ["sf_created_date", STAMP]


def explain(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    *,
    ask: Ask | None = None,
    read_whole: Collection[str] = (),
) -> Explanation:
    """Why parents are missing; empty where none is. The connection commits by itself.

    `ask` answers for parents by stream and Id, the worst first. `read_whole` are the streams that
    have just been read from the beginning. Raises psycopg.Error, and what `ask` raises.
    """
    _SQL.run(conn, "forget_causes")
    ranked = _SQL.run(conn, "rank_missing", most=sql.Literal(_MOST_RANKED))
    try:
        if not ranked.rowcount:
            return Explanation()
        if ask is not None:
            _keep(conn, ask(_to_ask(conn)))
        return _explained(conn, settings, read_whole)
    finally:
        if not conn.broken:
            _SQL.run(conn, "forget_causes")


def last_explanation(conn: psycopg.Connection[Any], run_id: int) -> Explanation:
    """The explanation of the run before; empty where there is none."""
    row = _SQL.run(conn, "last_explanation", {"run_id": run_id}).fetchone()
    return Explanation.from_dict((row and row[0]) or {})


def keep_answers(conn: psycopg.Connection[Any], answers: Sequence[Answer]) -> None:
    """Keep what Salesforce answered."""
    with conn.cursor() as cursor:
        cursor.executemany(_SQL.compose("keep_answers"), [asdict(answer) for answer in answers])


def _to_ask(conn: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = _SQL.run(conn, "to_ask", {"good_for": _GOOD_FOR}).fetchall()
    return found


def _keep(conn: psycopg.Connection[Any], answers: Iterable[list[Answer]]) -> None:
    """Keep each answer when it comes: what fails later leaves it."""
    _SQL.run(conn, "forget_answers")
    for some in answers:
        keep_answers(conn, some)


def _explained(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, read_whole: Collection[str]
) -> Explanation:
    ends = {
        entity.stream: end
        for entity in PARENTS
        if (end := table_end(conn, settings.schema, settings.table_of(entity).table))
    }
    rows = [_values(entity.stream, ends, read_whole) for entity in PARENTS]
    tables = _TABLES.format(sql.SQL(", ").join(rows))
    _SQL.run(conn, "find_causes", tables=tables, good_for=sql.Literal(_GOOD_FOR))
    names = {entity.stream: settings.table_of(entity).table for entity in PARENTS}
    return Explanation(
        explained_at=_written(datetime.now(UTC)),
        tables=names,
        table_ends={stream: _written(end) for stream, end in ends.items()},
        groups=sorted(_groups(conn, names), key=_most_first),
        worst=list(_worst(conn)),
    )


def table_end(conn: psycopg.Connection[Any], schema: str, table: str) -> datetime | None:
    """The time of the newest record of a table; None where it has none or no index tells."""
    values = {
        "schema": schema,
        "name": table,
        "columns": _END_COLUMNS,
        "small": _SMALL_BYTES,
    }
    row = _SQL.run(conn, "end_column", values).fetchone()
    if row is None:
        return None
    names = {"column": sql.Identifier(row[0]), "table": sql.Identifier(schema, table)}
    end: datetime | None
    [(end,)] = _SQL.run(conn, "table_end", **names)
    # a column without a time zone holds UTC, as Salesforce sends it
    return end if end is None or end.tzinfo else end.replace(tzinfo=UTC)


def _values(stream: str, ends: dict[str, datetime], read_whole: Collection[str]) -> sql.Composed:
    end = ends.get(stream)
    text = end and f"{end.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    return sql.SQL("({}, {}::timestamptz, {}::text, {})").format(
        *map(sql.Literal, (stream, end, text, stream in read_whole))
    )


def _groups(conn: psycopg.Connection[Any], tables: dict[str, str]) -> Iterator[MissingGroup]:
    entities = {entity.stream: entity for entity in ENTITIES}
    for parent, code, ids, relations, brings_in, example in _SQL.run(conn, "groups"):
        cause, entity = CAUSES[code], entities[parent]
        names = {
            "stream": parent,
            "noun": entity.noun,
            "table": f"`{tables[parent]}`",
            "example": example,
        }
        yield MissingGroup(
            parent=parent,
            cause=code,
            label=cause.label.format(**names),
            do=cause.do.format(**names),
            ids=ids,
            relations=relations,
            brings_in=brings_in if cause.comes else 0,
        )


def _most_first(group: MissingGroup) -> tuple[int, int, str, str]:
    return -group.brings_in, -group.relations, group.parent, group.cause


def _worst(conn: psycopg.Connection[Any]) -> Iterator[MissingId]:
    cursor = conn.cursor(row_factory=dict_row)
    for row in cursor.execute(_SQL.compose("worst"), {"most": _WORST}):
        asked_at = row.pop("asked_at")
        yield MissingId(**row, asked_at=asked_at and _written(asked_at))


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
