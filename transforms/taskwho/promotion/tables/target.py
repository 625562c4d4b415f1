"""A user's table as the promotion writes it: the columns that it has, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.model.entities import STAMP
from taskwho.model.errors import MISCONFIGURED, TaskwhoError

if TYPE_CHECKING:
    from taskwho.database.catalog import Column, Table
    from taskwho.model.entities import Entity, Field

# pg_type.typcategory that takes a kind's values by assignment
_CATEGORIES = {"text": "S", "reference": "S", "boolean": "B", "date": "D", "timestamp": "D"}
_NOW = sql.SQL("now() at time zone 'UTC'")
_UUID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class Target:
    """Table, key column and the fields that are written."""

    entity: Entity
    table: Table
    key: str
    fields: tuple[Field, ...]
    is_fresh: bool = False

    @property
    def parts(self) -> dict[str, sql.Composable]:
        """What the scripts call the table, its key and what is compared and written."""
        names = [sql.Identifier(field.target) for field in self.fields]
        comma = sql.SQL(", ")
        inserted = self._inserted()
        return {
            "target": self.table.identifier,
            "target_name": sql.Literal(self.table.identifier.as_string()),
            "title": sql.Literal(self.table.title),
            "key": sql.Identifier(self.key),
            "stored": self._stored(),
            "differs": self._differs(),
            "columns": comma.join(sql.Identifier(name) for name, _ in inserted),
            "values": comma.join(value for _, value in inserted),
            "assignments": comma.join(
                [sql.SQL("{0} = judged.{0}").format(name) for name in names] + self._touched()
            ),
            "marks": comma.join(
                [
                    sql.SQL("{0} = judged.{0}").format(sql.Identifier(name))
                    for name in ("is_deleted", STAMP)
                    if self.writes(name)
                ]
                + self._touched()
            )
            or sql.SQL("{0} = stored.{0}").format(sql.Identifier(self.key)),
        }

    @property
    def gone(self) -> sql.Composable:
        """What marks a stored row as deleted: it keeps its stamp, as it may come back with newer.

        Nothing else of it is known either.
        """
        return sql.SQL(", ").join([sql.SQL("is_deleted = true"), *self._touched()])

    def writes(self, column: str) -> bool:
        """Whether a column is among those written."""
        return any(field.target == column for field in self.fields)

    def _stored(self) -> sql.Composable:
        """How a version finds the stored row; constants where the table has been made just now."""
        if not self.is_fresh:
            return sql.SQL("left join {} as stored on stored.{} = version.key").format(
                self.table.identifier, sql.Identifier(self.key)
            )
        names = [self.key, *(field.target for field in self.fields)]
        nothing = [
            sql.SQL("null::{} as {}").format(
                sql.Identifier(self.table.columns[name].type_name), sql.Identifier(name)
            )
            for name in names
        ]
        return sql.SQL("cross join (select {}) as stored").format(sql.SQL(", ").join(nothing))

    def _differs(self) -> sql.Composable:
        if not self.fields:
            return sql.SQL("false")
        sides = [
            sql.SQL(", ").join(sql.Identifier(side, field.target) for field in self.fields)
            for side in ("stored", "version")
        ]
        return sql.SQL("row({}) is distinct from row({})").format(*sides)

    def _inserted(self) -> list[tuple[str, sql.Composable]]:
        columns = self.table.columns
        pairs: list[tuple[str, sql.Composable]] = [(self.key, sql.SQL("judged.key"))]
        pairs += [(f.target, sql.Identifier("judged", f.target)) for f in self.fields]
        pairs += [
            (name, sql.Literal(value)) for name, value in self.entity.constants if name in columns
        ]
        pairs += [
            (name, _NOW) for name in ("created_at", "updated_at") if _keeps_time(columns, name)
        ]
        surrogate = columns.get("id")
        if surrogate and self.key != "id" and not surrogate.fills_itself:
            if surrogate.type_name == "uuid":
                pairs.append(("id", sql.SQL("gen_random_uuid()")))
            elif surrogate.category == "S" and (surrogate.max_length or 99) >= _UUID_LENGTH:
                pairs.append(("id", sql.SQL("gen_random_uuid()::text")))
        return pairs

    def _touched(self) -> list[sql.Composed]:
        if not _keeps_time(self.table.columns, "updated_at"):
            return []
        return [sql.SQL("updated_at = {}").format(_NOW)]


def aim(
    entity: Entity,
    table: Table,
    key: str,
    *,
    needs_all: bool,
    is_fresh: bool = False,
) -> Target:
    """The target that a table makes; with `needs_all` a column that is missing is an error."""
    check_key(table, key)
    unfit = [
        field.target
        for field in entity.fields
        if field.target not in table.columns or not _takes(table.columns[field.target], field)
    ]
    if unfit and needs_all:
        raise TaskwhoError(
            MISCONFIGURED,
            f"{table.title} cannot take relations: the columns {', '.join(unfit)} are missing or "
            "have another type than they need. Add them (README, tables) or set "
            "TASKWHO_RELATIONS_TABLE to another name, which is then created. What landed is kept.",
        )
    fields = tuple(field for field in entity.fields if field.target not in unfit)
    return Target(entity, table, key, fields, is_fresh)


def check_key(table: Table, key: str) -> None:
    """Raise TaskwhoError where a table has no column for Salesforce Ids of that name."""
    column = table.columns.get(key)
    if column is None or column.category != "S":
        raise TaskwhoError(
            MISCONFIGURED,
            f"{table.title} has no text column {key} for Salesforce Ids. Name the right column in "
            "the setting of that table's key, or add it. What landed is kept.",
        )


def _takes(column: Column, field: Field) -> bool:
    if field.kind == "timestamp" and column.type_name not in ("timestamp", "timestamptz"):
        return False
    return column.category == _CATEGORIES[field.kind]


def _keeps_time(columns: dict[str, Column], name: str) -> bool:
    return name in columns and columns[name].type_name in ("timestamp", "timestamptz")
