"""The user's tables: found, or made with the columns and keys that the seed gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho import database
from taskwho.errors import MISCONFIGURED, TaskwhoError

if TYPE_CHECKING:
    import psycopg

    from taskwho.settings import PostLoadSettings

COLUMNS = """
    select attname, atthasdef or attidentity <> '' from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped
"""
# Salesforce's name -> the column's, once
RENAMED = (
    ("salesforce_key", "salesforce_id"),
    ("is_deleted", "is_deleted"),
    ("Type", "type"),
    ("RelationId", "relation_id"),
    ("TaskId", "task_id"),
    ("CreatedById", "created_by_id"),
    ("LastModifiedById", "last_modified_by_id"),
    ("created_date", "sf_created_date"),
    ("last_modified_date", "sf_last_modified_date"),
    ("system_modstamp", "sf_system_modstamp"),
)


class Tables:
    """Names of the tables, as identifiers for the SQL files."""

    def __init__(self, connection: psycopg.Connection[Any], settings: PostLoadSettings) -> None:
        self._connection, self._settings = connection, settings
        self.schema = settings.schema
        self.relations = settings.relations_table
        self.parents = {
            "tasks": settings.activities,
            "contacts": settings.contacts,
            "users": settings.users,
        }

    def exists(self, table: str) -> bool:
        """Whether a table is there."""
        name = sql.Identifier(self.schema, table).as_string(self._connection)
        found = self._connection.execute("select to_regclass(%s) is not null", [name]).fetchone()
        return bool(found and found[0])

    def columns(self, table: str) -> dict[str, bool]:
        """A table's columns, each with whether PostgreSQL fills it by itself."""
        name = sql.Identifier(self.schema, table).as_string(self._connection)
        return dict(self._connection.execute(COLUMNS, [name]).fetchall())

    def require_parents(self) -> None:
        """Raise TaskwhoError where a parent table is missing: there is nothing to refer to."""
        missing = [p.table for p in self.parents.values() if not self.exists(p.table)]
        if missing:
            raise TaskwhoError(
                MISCONFIGURED,
                f"The tables {', '.join(missing)} are not in schema {self.schema}, and relations "
                "refer to them. Run "
                "`meltano run sync-all` (or `taskwho sync --all`), which fills them from "
                "Salesforce, or name yours in "
                "TASKWHO_USERS_TABLE, TASKWHO_CONTACTS_TABLE, TASKWHO_ACTIVITIES_TABLE and "
                "TASKWHO_SCHEMA. What has "
                "landed is kept.",
            )

    def identifiers(self) -> dict[str, sql.Composable]:
        """What the SQL files call {relations}, {tasks}, {tasks_key} and so on."""
        names: dict[str, sql.Composable] = {
            "relations": sql.Identifier(self.schema, self.relations)
        }
        for kind, parent in self.parents.items():
            names[kind] = sql.Identifier(self.schema, parent.table)
            names[f"{kind}_key"] = sql.Identifier(parent.key)
        return names

    def constraint_names(self) -> dict[str, sql.Composable]:
        """The names that the result's keys and indexes have."""
        columns = ("task_id", "relation_id", "created_by_id", "last_modified_by_id")
        names = {f"{c}_fkey": sql.Identifier(f"{self.relations}_{c}_fkey") for c in columns}
        names |= {f"{c}_idx": sql.Identifier(f"{self.relations}_{c}_idx") for c in columns}
        names["primary_key"] = sql.Identifier(f"{self.relations}_pkey")
        names["salesforce_id_key"] = sql.Identifier(f"{self.relations}_salesforce_id_key")
        return dict(names)

    def create_relations(self) -> None:
        """The result table without its keys: they come after its rows."""
        database.script(self._connection, "35_create_relations", self.identifiers())

    def add_keys(self) -> None:
        """Unique and foreign keys and their indexes, validated in bulk."""
        database.script(
            self._connection, "55_add_keys", self.identifiers() | self.constraint_names()
        )

    def written(self) -> dict[str, sql.Composable]:
        """Columns and values of an insert, as far as the table has them."""
        there = self.columns(self.relations)
        pairs: list[tuple[sql.Composable, sql.Composable]] = [
            (sql.Identifier(to), sql.SQL("work.{}").format(sql.Identifier(of)))
            for of, to in RENAMED
        ]
        clock = sql.SQL("now() at time zone 'UTC'")
        pairs += [(sql.Identifier(c), clock) for c in ("created_at", "updated_at") if c in there]
        if there.get("id") is False:
            pairs.append((sql.Identifier("id"), sql.SQL("gen_random_uuid()")))
        touch = sql.SQL(", updated_at = now() at time zone 'UTC'")
        return {
            "columns": sql.SQL(", ").join(column for column, _ in pairs),
            "values": sql.SQL(", ").join(value for _, value in pairs),
            "updated_at": touch if "updated_at" in there else sql.SQL(""),
        }
