"""Whether the rows that the tap has read have landed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import bookmarks, landing, shards
from taskwho.database.scripts import Scripts
from taskwho.model.entities import RELATIONS
from taskwho.model.errors.state import ROWS_NOT_LANDED

if TYPE_CHECKING:
    from taskwho.model.results.result import Window
    from taskwho.promotion.context import Context

_SQL = Scripts(__package__)


def void_not_landed(context: Context, windows: list[Window]) -> dict[str, str]:
    """The streams of which fewer rows have landed than the journal counts, each with its error.

    The loader commits the rows of a page before the page's entry in the journal. So rows that are
    missing now will not come: their windows do not count as read, and the bookmark is removed.
    A promotion of another run may take rows in between. Where one has ended since the tap began
    to read, nobody can tell whether rows are missing, and the stream is left out.
    """
    found: dict[str, str] = {}
    for stream in dict.fromkeys(window.stream for window in windows):
        of_stream = [window for window in windows if window.stream == stream]
        told = sum(window.records for window in of_stream)
        # the usual case: no query is needed
        if told <= context.landed.get(stream, told):
            continue
        if not _is_sure(context, stream):
            continue
        if missing := _missing(context, stream):
            _void(context, of_stream)
            found[stream] = ROWS_NOT_LANDED.message(
                stream=stream, told=told, missing=missing, schema=landing.SCHEMA
            )
    return found


def _is_sure(context: Context, stream: str) -> bool:
    """Whether no other promotion can have taken rows of these pages."""
    values = {"run": sql.Literal(context.run_id), "stream": sql.Literal(stream)}
    return not context.number(_SQL.compose("promoted_meanwhile", **values))


def _missing(context: Context, stream: str) -> int:
    """How many rows have not landed, with a look at the Ids of each page."""
    values = {
        "run": sql.Literal(context.run_id),
        "stream": sql.Literal(stream),
        "landing": sql.Identifier(landing.SCHEMA, stream),
    }
    return context.number(_SQL.compose("rows_not_landed", **values))


def _void(context: Context, windows: list[Window]) -> None:
    """Let the windows count as not read, and the next run read everything."""
    stream = windows[0].stream
    for window in windows:
        values = {"window_from": window.from_, "window_to": window.to, "stream": stream}
        _SQL.run(context.conn, "void_window", values | {"promoted_by": context.run_id})
    bookmarks.remove_stream(context.conn, stream)
    if stream == RELATIONS.stream:
        # the cursors of a plan follow from the journal, which counts rows that are not here
        shards.forget_open_plans(context.conn)
