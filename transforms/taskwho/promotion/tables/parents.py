"""The tables that relations and other objects refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database import catalog
from taskwho.model.entities import PARENTS
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import PARENTS_MISSING
from taskwho.promotion.tables import repeated_ids
from taskwho.promotion.tables.shape import check_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taskwho.database.catalog import Table
    from taskwho.model.entities import Entity
    from taskwho.promotion.context import Context


@dataclass(frozen=True, slots=True)
class ParentNames:
    """What the scripts call a parent's table; `is_unique`: no key can be there twice."""

    table: sql.Identifier
    key: sql.Identifier
    key_type: sql.Identifier
    title: sql.Literal
    is_unique: bool
    has_repeated_ids: bool

    @classmethod
    def of(cls, table: Table, key: str, *, has_repeated_ids: bool) -> ParentNames:
        """The names of a table that holds Ids in the column `key`."""
        column = table.columns[key]
        return cls(
            table=table.identifier,
            key=sql.Identifier(key),
            key_type=column.compared_as,
            title=sql.Literal(table.name),
            is_unique=column.is_unique,
            has_repeated_ids=has_repeated_ids,
        )


def find_parents(context: Context, entity: Entity) -> dict[Entity, ParentNames] | None:
    """The tables that an object refers to, None where one of them is not there.

    Raises TaskwhoError where one is not there and a row needs it, or its key is of no use.
    """
    settings = context.settings
    found: dict[Entity, ParentNames] = {}
    missing: list[str] = []
    for parent in parents_of(entity):
        place = settings.table_of(parent)
        table = catalog.describe(context.conn, settings.schema, place.table)
        if table is None:
            missing.append(f"{settings.schema}.{place.table}")
            continue
        check_key(table, place.key, parent)
        has_repeated_ids = repeated_ids.warn(context, table, place.key)
        found[parent] = ParentNames.of(table, place.key, has_repeated_ids=has_repeated_ids)
    if missing and (context.landed.get(entity.stream) or context.waits(entity)):
        raise TaskwhoError(
            PARENTS_MISSING,
            tables=", ".join(missing),
            variables=", ".join(f"TASKWHO_{parent.name.upper()}_TABLE" for parent in PARENTS),
        )
    return None if missing else found


def lock_parents(context: Context, parents: Mapping[Entity, ParentNames]) -> None:
    """Lock the parents of a new table against deletes until its foreign keys protect them.

    A role that may only read them takes no lock: adding the keys then finds what is missing.
    """
    tables = sql.SQL(", ").join(parent.table for parent in parents.values())
    lock = sql.SQL("lock table {} in share row exclusive mode").format(tables)
    try:
        with context.conn.transaction():
            context.conn.execute(lock)
    except psycopg.errors.InsufficientPrivilege:
        return


def parents_of(entity: Entity) -> tuple[Entity, ...]:
    """The objects that an object refers to."""
    return tuple(dict.fromkeys(reference.parent for reference in entity.references))
