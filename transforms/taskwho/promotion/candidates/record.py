"""The record of a row, as it landed. Quarantine keeps it, and reports show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import landing, scripts

if TYPE_CHECKING:
    from taskwho.promotion.tables.names import Names


def record_of(names: Names) -> sql.Composed:
    """A landed row as a JSON object. Its values are texts; a field that was not read is left out.

    `jsonb_object` takes two arrays of text. `jsonb_build_object` looks up the type of every value,
    which takes longer.
    """
    fields = names.entity.fields
    keys = [sql.Literal(name) for name in ("Id", *(field.source for field in fields))]
    values: list[sql.Composable] = [
        sql.SQL("case when landed.key not like 'no-id-%' then landed.key end"),
        *(sql.Identifier("landed", field.source) for field in fields),
    ]
    record = sql.SQL("jsonb_object(array[{}], array[{}])").format(
        scripts.lines(keys), scripts.lines(values)
    )
    for field in names.unread:
        record = sql.SQL("{} - case when landed.{} = {} then {} else '' end").format(
            record, sql.Identifier(field.source), landing.NOT_READ, field.source
        )
    return record
