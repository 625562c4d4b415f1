"""A user's table as the promotion writes it: the columns that it has, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import catalog
from taskwho.promotion.tables import repeated_ids
from taskwho.promotion.tables.create import create
from taskwho.promotion.tables.shape import fields_of, is_time

if TYPE_CHECKING:
    from taskwho.database.catalog import Column, Table
    from taskwho.model.entities import Entity, Field
    from taskwho.promotion.context import Context

# PostgreSQL runs this subquery once for each statement. Without the subquery it would look up the
# time zone for every row.
_NOW = sql.SQL("(select now() at time zone 'UTC')")
_UUID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class Target:
    """Table, key column and the fields that are written; `is_fresh`: made in this transaction."""

    table: Table
    key: str
    fields: tuple[Field, ...]
    is_fresh: bool = False

    @property
    def key_column(self) -> Column:
        """The column of Salesforce Ids."""
        return self.table.columns[self.key]

    def writes(self, column: str) -> bool:
        """Whether a column is among those written."""
        return any(field.target == column for field in self.fields)

    def times(self, *columns: str) -> list[tuple[str, sql.Composable]]:
        """Those of the columns created_at and updated_at that can be written, and their value."""
        found = self.table.columns
        return [
            (name, _NOW)
            for name in columns
            if name in found and is_time(found[name]) and self._takes(found[name])
        ]

    def new_row(self, entity: Entity) -> list[tuple[str, sql.Composable]]:
        """The columns of a new row, and their values of the table `classified`."""
        return [
            (self.key, sql.SQL("classified.key")),
            *((field.target, sql.Identifier("classified", field.target)) for field in self.fields),
            *self._constants(entity),
            *self.times("created_at", "updated_at"),
            *self._surrogate(),
        ]

    def unfilled(self, entity: Entity) -> list[str]:
        """The columns that a new row needs and nobody fills."""
        filled = {column for column, _ in self.new_row(entity)}
        return [
            column.name
            for column in self.table.columns.values()
            if column.not_null
            and not (column.name in filled or column.fills_itself or column.is_generated)
        ]

    def _constants(self, entity: Entity) -> list[tuple[str, sql.Composable]]:
        """Those of the columns with one value for all rows that can be written, and that value."""
        found = self.table.columns
        return [
            (name, sql.Literal(value))
            for name, value in entity.constants
            if name in found and found[name].category == "S" and self._takes(found[name], value)
        ]

    def _surrogate(self) -> list[tuple[str, sql.Composable]]:
        """A random value for a column `id` that has no default."""
        column = self.table.columns.get("id")
        if column is None or self.key == "id" or column.fills_itself:
            return []
        if column.type_name == "uuid":
            return [("id", sql.SQL("gen_random_uuid()"))]
        if column.category == "S" and (column.max_length or _UUID_LENGTH) >= _UUID_LENGTH:
            return [("id", sql.SQL("gen_random_uuid()::text"))]
        return []

    def _takes(self, column: Column, value: str = "") -> bool:
        may = column.may_write or not self.key_column.may_insert
        return may and not column.is_generated and len(value) <= (column.max_length or len(value))

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
    fields, left_out = fields_of(table, place.key, entity)
    if left_out:
        context.warn(said_of_left_out(table, left_out))
    if not is_fresh:
        repeated_ids.warn(context, table, place.key)
    target = Target(table, place.key, fields, is_fresh)
    if unfilled := target.unfilled(entity):
        context.warn(said_of_unfilled(table, unfilled))
    return target


def said_of_unfilled(table: Table, columns: list[str]) -> str:
    """Why a table takes no new row."""
    place = table.identifier.as_string()
    defaults = ", ".join(
        f"alter column {sql.Identifier(name).as_string()} set default …" for name in columns
    )
    return (
        f"{table.title} takes no new row: {', '.join(columns)} must not be null, without a "
        f"default, and no value of Salesforce's goes there. Run `alter table {place} {defaults}`."
    )


def said_of_left_out(table: Table, columns: dict[str, str]) -> str:
    """Why columns of a table stay as they are."""
    listed = ", ".join(f"{name} ({why})" for name, why in columns.items())
    return (
        f"{table.title} has columns that are left as they are: {listed}. Fill them by a job of "
        "your own, or change them."
    )


def _set(name: str, value: sql.Composable) -> sql.Composed:
    return sql.SQL("{} = {}").format(sql.Identifier(name), value)
