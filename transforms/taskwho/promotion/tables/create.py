"""Makes the sf_* tables that are not there; where the role may not, says who has to do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database import catalog, grants
from taskwho.database.scripts import Scripts
from taskwho.model.errors import MISCONFIGURED, TaskwhoError
from taskwho.model.settings import LONGEST_NAME, check_name

if TYPE_CHECKING:
    from taskwho.database.catalog import Table
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.target import Target

_SQL = Scripts(__package__)

# what is left of its keys' names then still tells them apart
_LONGEST_MADE = LONGEST_NAME - 5
_KEY_COLUMNS = ("task_id", "relation_id", "created_by_id", "last_modified_by_id")


def create(context: Context, script: str, name: str, key: str) -> Table:
    """The table that a script creates; TaskwhoError where the role may not."""
    conn, schema = context.conn, context.settings.schema
    check_name(name, _LONGEST_MADE)
    try:
        _SQL.run(conn, script, table=sql.Identifier(schema, name), key=sql.Identifier(key))
    except psycopg.errors.InvalidSchemaName:
        raise TaskwhoError(
            MISCONFIGURED,
            f"There is no schema {schema} to create {name} in. Create it, or name another one in "
            "TASKWHO_SCHEMA. What landed is kept.",
        ) from None
    except psycopg.errors.InsufficientPrivilege:
        raise TaskwhoError(
            MISCONFIGURED,
            f"The table {schema}.{name} is not there and the role of DATABASE_URL may not create "
            "it. What landed is kept. An administrator has to run:\n"
            + grants.for_tables(conn, schema, created=[name]),
        ) from None
    return catalog.require(conn, schema, name)


def hold_parents(context: Context, parents: list[Table]) -> None:
    """Keep parents from going before there are foreign keys that would; writers wait meanwhile.

    A role that may only read them goes without: adding the keys then finds what has gone.
    """
    names = sql.SQL(", ").join(parent.identifier for parent in parents)
    try:
        with context.conn.transaction():
            context.conn.execute(sql.SQL("lock table {} in share row exclusive mode").format(names))
    except psycopg.errors.InsufficientPrivilege:
        return


def add_keys(context: Context, target: Target, parents: dict[str, sql.Composable]) -> None:
    """Primary, unique and foreign keys of a new result table, validated, and their indexes."""
    name = target.table.name
    constraints = {"salesforce_id_key": sql.Identifier(f"{name}_salesforce_id_key")}
    for column in _KEY_COLUMNS:
        constraints[f"{column}_idx"] = sql.Identifier(f"{name}_{column}_idx")
        constraints[f"{column}_fkey"] = sql.Identifier(f"{name}_{column}_fkey")
    try:
        _SQL.run(context.conn, "relations_keys", **target.parts, **parents, **constraints)
    except psycopg.errors.InsufficientPrivilege:
        settings = context.settings
        names = [settings.users.table, settings.contacts.table, settings.activities.table]
        raise TaskwhoError(
            MISCONFIGURED,
            "The role of DATABASE_URL may not refer to the parents' tables by foreign keys. "
            "What landed is kept. An administrator has to run:\n"
            + grants.for_tables(context.conn, settings.schema, parents=names),
        ) from None
    except (psycopg.errors.InvalidForeignKey, psycopg.errors.WrongObjectType) as error:
        raise TaskwhoError(
            MISCONFIGURED,
            f"A parents' table cannot be referred to: {error.diag.message_primary}. It has to be "
            "a table with a unique constraint on its key column (alter table … add unique (…)). "
            "What landed is kept.",
        ) from None
