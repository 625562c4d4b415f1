"""Tables and columns, as the catalog of PostgreSQL describes them."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.rows import class_row

from taskwho.database.sql_folder import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `category` is pg_type.typcategory, `max_length` counts characters.

    A domain has the type below it; `shown_type` is what the table's owner wrote. `is_generated`:
    the database alone writes it. `is_unique` by itself, so that a foreign key can refer to it.
    """

    name: str
    type_schema: str
    type_name: str
    category: str
    max_length: int | None
    not_null: bool
    fills_itself: bool
    shown_type: str
    is_generated: bool
    may_select: bool
    may_insert: bool
    may_update: bool
    is_unique: bool

    @property
    def may_write(self) -> bool:
        """Whether this role can write its values, and compare them first."""
        return self.may_select and self.may_insert and self.may_update

    @property
    def compared_as(self) -> sql.Identifier:
        """The type as which a text is compared with it, so that its index and rules count."""
        if self.type_name in ("varchar", "name"):
            return sql.Identifier("pg_catalog", "text")
        return sql.Identifier(self.type_schema, self.type_name)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that exists, and its columns by name."""

    schema: str
    name: str
    columns: dict[str, Column]

    @property
    def identifier(self) -> sql.Identifier:
        """Schema and name, quoted."""
        return sql.Identifier(self.schema, self.name)

    @property
    def title(self) -> str:
        """Schema and name for a message."""
        return f"{self.schema}.{self.name}"

    @property
    def definition(self) -> str:
        """What decides whether a value fits; when it changes, a value may fit that did not."""
        return "; ".join(str(astuple(column)[:-1]) for column in self.columns.values())


def describe(conn: psycopg.Connection[Any], schema: str, name: str) -> Table | None:
    """A table or view; None if there is none of that name."""
    cursor = conn.cursor(row_factory=class_row(Column))
    cursor.execute(SCRIPTS.compose("columns"), {"schema": schema, "name": name})
    columns = cursor.fetchall()
    # a table may have no column left
    if not columns and not existing(conn, schema, [name]):
        return None
    return Table(schema, name, {column.name: column for column in columns})


def existing(conn: psycopg.Connection[Any], schema: str, names: Iterable[str]) -> list[str]:
    """Those of the tables that a schema has, in the given order."""
    values = {"schema": schema, "names": list(names)}
    return [name for (name,) in SCRIPTS.run(conn, "existing_tables", values)]


def require(conn: psycopg.Connection[Any], schema: str, name: str) -> Table:
    """A table that must exist; LookupError if it does not."""
    table = describe(conn, schema, name)
    if table is None:
        raise LookupError(f"{schema}.{name}")
    return table
