"""A parent's table that somebody has emptied, while relations wait for its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database.catalog import describe
from taskwho.database.scripts import Scripts, names
from taskwho.model.entities import RELATIONS
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import PARENT_EMPTIED

if TYPE_CHECKING:
    import psycopg

    from taskwho.model.entities import Entity
    from taskwho.model.settings import PostLoadSettings

_SQL = Scripts(__package__)


def emptied(
    conn: psycopg.Connection[Any], settings: PostLoadSettings, parent: Entity
) -> TaskwhoError | None:
    """An error where the parent's table had rows, has none, and relations wait for one of them.

    Stored relations tell that it had rows: they went in because their parents were there. A table
    that never held a row lowers the health, and that is all.
    """
    table, relations = (
        describe(conn, settings.schema, settings.table_of(entity).table)
        for entity in (parent, RELATIONS)
    )
    if table is None or relations is None:
        return None
    fields = [found.field for found in RELATIONS.references if found.parent is parent]
    targets = [RELATIONS.field(field).target for field in fields]
    columns = [target for target in targets if target in relations.columns]
    if not columns:
        return None
    row = _SQL.run(
        conn,
        "emptied_parent",
        parent=table.identifier,
        relations=relations.identifier,
        columns=names(columns),
        stream=sql.Literal(RELATIONS.stream),
        reason=sql.Literal(parent.missing),
    ).fetchone()
    if row is None:
        return None
    return TaskwhoError(PARENT_EMPTIED, table=table.title, noun=parent.noun, waiting=f"{row[0]:,}")
