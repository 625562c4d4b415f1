"""Finds out why parents are missing: from the database alone, then from the answers of the org."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from taskwho.database.connection import transaction
from taskwho.database.scripts import Scripts
from taskwho.model.entities import ENTITIES, PARENTS, STAMP
from taskwho.model.reasons import FOREIGN_KEYS
from taskwho.model.results.missing import CAUSES, Explanation, MissingGroup, MissingId

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

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
_NO_ID = re.compile(r"[^A-Za-z0-9]")
_ALL = sql.SQL("true")
_OF_ONE = sql.SQL("{0} in (salesforce_id, parent_id)")
_TABLES = sql.SQL("(values {}) as tables (parent, ended_at, ended_text, is_read_whole)")
_ANSWER = ("parent", "parent_id", "found", "merged_into", "created_at")
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
    with _ranked(conn, _ALL) as count:
        if not count:
            return Explanation()
        if ask is None or not (wanted := _to_ask(conn)):
            return _explained(conn, settings, read_whole)
    # no transaction is open while Salesforce answers; what fails later leaves each answer
    for answers in ask(wanted):
        keep_answers(conn, answers)
    with _ranked(conn, _ALL):
        return _explained(conn, settings, read_whole)


def causes_of(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, record_id: str
) -> list[MissingId]:
    """Why the parents of one waiting row are missing, or why one missing parent is."""
    with _ranked(conn, _OF_ONE.format(sql.Literal(record_id))) as count:
        if not count:
            return []
        _find_causes(conn, table_ends(conn, settings), ())
        return list(_worst(conn))


def in_words(settings: PostLoadSettings, parent: str, cause: str, example: str) -> tuple[str, str]:
    """A cause's label, and what to do about it; `example` is an Id."""
    entity = next(found for found in ENTITIES if found.stream == parent)
    names = {
        "stream": parent,
        "noun": entity.noun,
        "table": f"`{settings.table_of(entity).table}`",
        # whatever landed may stand in a field of Ids
        "example": _NO_ID.sub("", example),
    }
    return CAUSES[cause].label.format(**names), CAUSES[cause].do.format(**names)


@contextmanager
def _ranked(conn: psycopg.Connection[Any], wanted: sql.Composable) -> Iterator[int]:
    """Rank the parents that the wanted rows miss, in a temporary table of a transaction.

    Gives their number.
    """
    most = sql.Literal(_MOST_RANKED)
    with transaction(conn):
        yield _SQL.run(conn, "rank_missing", most=most, wanted=wanted).rowcount


def last_explanation(conn: psycopg.Connection[Any], run_id: int | None = None) -> Explanation:
    """The explanation of the run before, or of the last one; empty where there is none."""
    row = _SQL.run(conn, "last_explanation", {"run_id": run_id}).fetchone()
    return Explanation.from_dict((row and row[0]) or {})


def keep_answers(conn: psycopg.Connection[Any], answers: Sequence[Answer]) -> None:
    """Keep what Salesforce answered."""
    columns = {name: [getattr(answer, name) for answer in answers] for name in _ANSWER}
    _SQL.run(conn, "keep_answers", columns)


def _to_ask(conn: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    """Forget the answers that no row needs; gives the parents to ask about."""
    _SQL.run(conn, "forget_answers")
    found: list[tuple[str, str]] = _SQL.run(conn, "to_ask", {"good_for": _GOOD_FOR}).fetchall()
    return found


def _explained(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, read_whole: Collection[str]
) -> Explanation:
    ends = table_ends(conn, settings)
    _find_causes(conn, ends, read_whole)
    return Explanation(
        explained_at=_written(datetime.now(UTC)),
        tables={entity.stream: settings.table_of(entity).table for entity in PARENTS},
        table_ends={stream: _written(end) for stream, end in ends.items()},
        groups=sorted(_groups(conn, settings), key=_most_first),
        worst=list(_worst(conn)),
    )


def _find_causes(
    conn: psycopg.Connection[Any], ends: Mapping[str, datetime], read_whole: Collection[str]
) -> None:
    rows = [_values(entity.stream, ends, read_whole) for entity in PARENTS]
    tables = _TABLES.format(sql.SQL(", ").join(rows))
    _SQL.run(conn, "find_causes", tables=tables, good_for=sql.Literal(_GOOD_FOR))


def table_ends(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> dict[str, datetime]:
    """The time of the newest record of each parent's table, where an index tells."""
    found = {
        entity.stream: _table_end(conn, settings.schema, settings.table_of(entity).table)
        for entity in PARENTS
    }
    return {stream: end for stream, end in found.items() if end is not None}


def _table_end(conn: psycopg.Connection[Any], schema: str, table: str) -> datetime | None:
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


def _values(stream: str, ends: Mapping[str, datetime], read_whole: Collection[str]) -> sql.Composed:
    end = ends.get(stream)
    text = end and f"{end.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    return sql.SQL("({}, {}::timestamptz, {}::text, {})").format(
        *map(sql.Literal, (stream, end, text, stream in read_whole))
    )


def _groups(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> Iterator[MissingGroup]:
    for parent, cause, ids, relations, brings_in, example in _SQL.run(
        conn, "groups", missing=sql.Literal(list(FOREIGN_KEYS))
    ):
        label, do = in_words(settings, parent, cause, example)
        yield MissingGroup(
            parent=parent,
            cause=cause,
            label=label,
            do=do,
            ids=ids,
            relations=relations,
            brings_in=brings_in if CAUSES[cause].comes else 0,
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
