"""A user's table as the promotion writes it: the columns that it has, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import catalog
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import COLUMNS_UNFIT, NO_KEY_COLUMN
from taskwho.promotion.tables.create import create

if TYPE_CHECKING:
    from taskwho.database.catalog import Column, Table
    from taskwho.model.entities import Entity, Field
    from taskwho.promotion.context import Context

# pg_type.typcategory that takes a kind's values by assignment
_CATEGORIES = {"text": "S", "reference": "S", "boolean": "B", "date": "D", "timestamp": "D"}
_NOW = sql.SQL("now() at time zone 'UTC'")


@dataclass(frozen=True, slots=True)
class Target:
    """Table, key column and the fields that are written; `is_fresh`: made in this transaction."""

    table: Table
    key: str
    fields: tuple[Field, ...]
    is_fresh: bool = False

    def writes(self, column: str) -> bool:
        """Whether a column is among those written."""
        return any(field.target == column for field in self.fields)

    def times(self, *columns: str) -> list[tuple[str, sql.Composable]]:
        """Those of the columns created_at and updated_at that the table has, and their value."""
        found = self.table.columns
        return [(name, _NOW) for name in columns if name in found and _is_time(found[name])]

    @property
    def marked_deleted(self) -> sql.Composed:
        """Assignments to a row that is deleted. It keeps its stamp: a newer version may come."""
        times = [_set(name, value) for name, value in self.times("updated_at")]
        return sql.SQL(", ").join([sql.SQL("is_deleted = true"), *times])


def resolve_target(context: Context, entity: Entity) -> Target | None:
    """The user's table for an object, made if it is not there and its stream came; else None.

    Raises TaskwhoError where it cannot be made or cannot take the object.
    """
    place = context.settings.table_of(entity)
    table = catalog.describe(context.conn, context.settings.schema, place.table)
    is_fresh = table is None
    if table is None:
        if not context.came(entity):
            return None
        table = create(context, entity)
    check_key(table, place.key)
    fields = tuple(field for field in entity.fields if _takes(table, field))
    left_out = [field.target for field in entity.fields if field not in fields]
    if left_out and entity.needs_every_column:
        raise TaskwhoError(
            COLUMNS_UNFIT,
            table=table.title,
            rows=entity.name,
            columns=", ".join(left_out),
            setting=entity.name.upper(),
        )
    _warn(context, table, [name for name in left_out if name in table.columns])
    return Target(table, place.key, fields, is_fresh)


def check_key(table: Table, key: str) -> None:
    """Raise TaskwhoError where a table has no column for Salesforce Ids of that name."""
    column = table.columns.get(key)
    if column is None or column.category != "S":
        raise TaskwhoError(NO_KEY_COLUMN, table=table.title, key=key)


def _warn(context: Context, table: Table, columns: list[str]) -> None:
    if columns:
        context.warnings.append(
            f"{table.title} keeps {', '.join(columns)} in another type than Salesforce's: these "
            "columns are left as they are. Fill them by a job of your own, or change their type."
        )


def _takes(table: Table, field: Field) -> bool:
    column = table.columns.get(field.target)
    if column is None or (field.kind == "timestamp" and not _is_time(column)):
        return False
    return column.category == _CATEGORIES[field.kind]


def _is_time(column: Column) -> bool:
    return column.type_name in ("timestamp", "timestamptz")


def _set(name: str, value: sql.Composable) -> sql.Composed:
    return sql.SQL("{} = {}").format(sql.Identifier(name), value)
