"""Makes a table that is not there, or says what an administrator has to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database import catalog, grants
from taskwho.database.scripts import Scripts
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.promotion import NO_SCHEMA, TABLE_NOT_CREATED
from taskwho.model.settings import LONGEST_NAME, check_name

if TYPE_CHECKING:
    from taskwho.database.catalog import Table
    from taskwho.model.entities import Entity
    from taskwho.promotion.context import Context

_SQL = Scripts(__package__)
# so that PostgreSQL, which cuts the names of the keys, leaves them different
_LONGEST_CREATED = LONGEST_NAME - 5


def create(context: Context, entity: Entity) -> Table:
    """Make the table of an object.

    Where it has references, keys.py adds its keys when its rows are in: 300,000 rows take 3.9 s
    then, and 19.3 s into live keys.
    """
    conn, schema, place = context.conn, context.settings.schema, context.settings.table_of(entity)
    check_name(place.table, _LONGEST_CREATED)
    try:
        _SQL.run(
            conn,
            f"create_{entity.name}",
            table=sql.Identifier(schema, place.table),
            key=sql.Identifier(place.key),
        )
    except psycopg.errors.InvalidSchemaName:
        raise TaskwhoError(NO_SCHEMA, schema=schema, table=place.table) from None
    except psycopg.errors.InsufficientPrivilege:
        raise TaskwhoError(
            TABLE_NOT_CREATED,
            table=f"{schema}.{place.table}",
            statements=grants.for_tables(conn, schema, created=[place.table]),
        ) from None
    return catalog.require(conn, schema, place.table)
