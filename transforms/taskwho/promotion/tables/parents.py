"""The tables that relations and other objects refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database import catalog
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import PARENTS_MISSING
from taskwho.model.settings import PARENT_SETTINGS
from taskwho.promotion.tables.target import check_key

if TYPE_CHECKING:
    from taskwho.model.entities import Entity
    from taskwho.model.settings import PostLoadSettings
    from taskwho.promotion.context import Context


@dataclass(frozen=True, slots=True)
class ParentNames:
    """What the scripts call a parent's table."""

    table: sql.Identifier
    key: sql.Identifier
    title: sql.Literal

    @classmethod
    def of(cls, settings: PostLoadSettings, parent: Entity) -> ParentNames:
        """The names of a parent's table, as the settings have them."""
        place = settings.table_of(parent)
        return cls(
            table=sql.Identifier(settings.schema, place.table),
            key=sql.Identifier(place.key),
            title=sql.Literal(place.table),
        )


def have_parents(context: Context, entity: Entity) -> bool:
    """Whether every table is there that an object refers to.

    Raises TaskwhoError where one is not there and a row needs it.
    """
    settings = context.settings
    missing: list[str] = []
    for parent in parents_of(entity):
        place = settings.table_of(parent)
        table = catalog.describe(context.conn, settings.schema, place.table)
        if table is None:
            missing.append(f"{settings.schema}.{place.table}")
        else:
            check_key(table, place.key)
    if missing and (context.landed.get(entity.stream) or context.waits(entity)):
        raise TaskwhoError(
            PARENTS_MISSING,
            tables=", ".join(missing),
            variables=", ".join(f"TASKWHO_{n.upper()}_TABLE" for n in PARENT_SETTINGS.values()),
        )
    return not missing


def lock_parents(context: Context, entity: Entity) -> None:
    """Lock the parents of a new table against deletes until its foreign keys protect them.

    A role that may only read them takes no lock: adding the keys then finds what is missing.
    """
    tables = [ParentNames.of(context.settings, parent).table for parent in parents_of(entity)]
    lock = sql.SQL("lock table {} in share row exclusive mode").format(sql.SQL(", ").join(tables))
    try:
        with context.conn.transaction():
            context.conn.execute(lock)
    except psycopg.errors.InsufficientPrivilege:
        return


def parents_of(entity: Entity) -> tuple[Entity, ...]:
    """The objects that an object refers to."""
    return tuple(dict.fromkeys(reference.parent for reference in entity.references))
