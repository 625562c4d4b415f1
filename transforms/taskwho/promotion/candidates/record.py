"""The record of a row, as it landed. Quarantine keeps it, and reports show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import landing, scripts

if TYPE_CHECKING:
    from taskwho.promotion.tables.names import Names


def record_of(names: Names) -> sql.Composed:
    """The record of `landed`, every value text; without the fields that were not read."""
    pairs: list[sql.Composable] = [
        sql.SQL("'Id', case when landed.key not like 'no-id-%' then landed.key end")
    ]
    pairs += [
        sql.SQL("{}, landed.{}").format(sql.Literal(field.source), sql.Identifier(field.source))
        for field in names.entity.fields
    ]
    record = sql.SQL("jsonb_build_object(\n        {}\n    )").format(scripts.lines(pairs))
    for field in names.unread:
        record = sql.SQL("{} - case when landed.{} = {} then {} else '' end").format(
            record, sql.Identifier(field.source), landing.NOT_READ, field.source
        )
    return record
