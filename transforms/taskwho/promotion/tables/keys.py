"""The keys of a table that this transaction made, when its rows are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database import grants
from taskwho.database.scripts import Scripts
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import PARENT_WITHOUT_KEY, REFERENCES_DENIED

if TYPE_CHECKING:
    from taskwho.model.entities import Entity
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)


def add_keys(context: Context, names: Names) -> None:
    """Primary and unique key, and for each reference an index and a validated foreign key.

    With the setting `foreign_keys` at `keep` there is no foreign key.
    """
    entity, name, key = names.entity, names.into.table.name, names.into.key
    try:
        _SQL.run_for(
            context.conn, "keys", names, constraint_name=sql.Identifier(f"{name}_{key}_key")
        )
        for field in dict.fromkeys(reference.field for reference in entity.references):
            _add_reference(context, names, field)
    except psycopg.errors.InsufficientPrivilege:
        settings = context.settings
        tables = [settings.table_of(parent).table for parent in names.parents]
        statements = grants.for_tables(context.conn, settings.schema, parents=tables)
        raise TaskwhoError(REFERENCES_DENIED, statements=statements) from None
    except (psycopg.errors.InvalidForeignKey, psycopg.errors.WrongObjectType) as error:
        raise TaskwhoError(PARENT_WITHOUT_KEY, said=error.diag.message_primary) from None


def _add_reference(context: Context, names: Names, field: str) -> None:
    """An index, and a foreign key unless the field has several parents or nobody wants keys."""
    column, name = names.entity.field(field).target, names.into.table.name
    _SQL.run_for(
        context.conn,
        "reference_index",
        names,
        key_column=sql.Identifier(column),
        index_name=sql.Identifier(f"{name}_{column}_idx"),
    )
    parents = names.entity.parents_of(field)
    if len(parents) == 1 and context.settings.creates_foreign_keys:
        _add_foreign_key(context, names, column, parents[0])


def _add_foreign_key(context: Context, names: Names, column: str, entity: Entity) -> None:
    """A foreign key, where the parent's column can have one; rows are judged the same without."""
    parent, table = names.parents[entity], names.into.table.name
    if parent.has_repeated_ids:
        return
    try:
        with context.conn.transaction():
            _SQL.run_for(
                context.conn,
                "foreign_key",
                names,
                key_column=sql.Identifier(column),
                constraint_name=sql.Identifier(f"{table}_{column}_fkey"),
                parent=parent.table,
                parent_key=parent.key,
            )
    except (psycopg.errors.DatatypeMismatch, psycopg.errors.CollationMismatch):
        key = context.settings.table_of(entity)
        context.warn(
            f"{names.into.table.title} has no foreign key on {column}: PostgreSQL has none to the "
            f"type of {key.table}.{key.key}. Its rows are checked by every post-load all the same."
        )
