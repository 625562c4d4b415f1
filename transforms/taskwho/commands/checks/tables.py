"""What doctor checks of the user's tables: by the same rules as the promotion, without a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.commands.checks.finding import Finding
from taskwho.commands.sql_folder import SCRIPTS
from taskwho.database import grants, landing
from taskwho.database.catalog import describe
from taskwho.model.entities import RELATIONS
from taskwho.model.errors import doctor, pipeline
from taskwho.model.errors.promotion import NO_SCHEMA, TABLE_NOT_CREATED
from taskwho.promotion.tables.emptied_parents import emptied
from taskwho.promotion.tables.repeated_ids import repeated_ids
from taskwho.promotion.tables.shape import check_key, fields_of
from taskwho.promotion.tables.target import Target, said_of_left_out, said_of_unfilled

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from taskwho.database.catalog import Table
    from taskwho.model.entities import Entity
    from taskwho.model.settings import PostLoadSettings


@dataclass(frozen=True, slots=True)
class TableChecks:
    """The checks for one connection; a table is written where its stream is in `streams`.

    `knows_waiting`: the schema `taskwho` is there and current.
    """

    conn: psycopg.Connection[Any]
    settings: PostLoadSettings
    streams: frozenset[str]
    knows_waiting: bool

    def of(self, entity: Entity) -> Iterator[Finding]:
        """Whether a run can use an object's tables. Raises TaskwhoError as the promotion does."""
        if landed := describe(self.conn, landing.SCHEMA, entity.stream):
            landing.check(landed)
        place = self.settings.table_of(entity)
        table = describe(self.conn, self.settings.schema, place.table)
        if table is None:
            yield self._absent(entity, place.table)
            return
        if entity.stream in self.streams:
            yield from self._written(entity, table, place.key)
        else:
            check_key(table, place.key, entity)
        if lacking := self._lacking(entity, table, place.key):
            yield lacking
            return
        yield from self._key(entity, table, place.key)
        yield self._exists(entity, table, place.key)

    def _absent(self, entity: Entity, name: str) -> Finding:
        shown = sql.Identifier(self.settings.schema, name).as_string()
        if entity.stream not in self.streams:
            setting = f"TASKWHO_{entity.name.upper()}"
            return Finding.of(doctor.PARENT_MISSING, table=shown, setting=setting)
        schema = self.settings.schema
        [(is_there, may_create)] = SCRIPTS.run(self.conn, "schema_rights", {"schema": schema})
        if not is_there:
            return Finding.of(NO_SCHEMA, schema=schema, table=name)
        if not may_create:
            statements = grants.for_tables(self.conn, schema, created=[name])
            return Finding.of(TABLE_NOT_CREATED, table=f"{schema}.{name}", statements=statements)
        return Finding(f"The table {shown} does not exist yet. The first sync creates it.")

    def _written(self, entity: Entity, table: Table, key: str) -> Iterator[Finding]:
        fields, left_out = fields_of(table, key, entity)
        if left_out:
            yield Finding(said_of_left_out(table, left_out), warns=True)
        if unfilled := Target(table, key, fields).unfilled(entity):
            yield Finding(said_of_unfilled(table, unfilled), warns=True)

    def _lacking(self, entity: Entity, table: Table, key: str) -> Finding | None:
        """A right or a replica identity that a run would miss."""
        column, is_written = table.columns[key], entity.stream in self.streams
        values = {"schema": table.schema, "name": table.name, "key": key}
        [(schema, may_refer, sequences, no_identity)] = SCRIPTS.run(
            self.conn, "table_state", values
        )
        may = schema and column.may_select
        if is_written:
            may = may and column.may_insert and sequences
        elif self._makes_foreign_keys():
            may = may and may_refer
        if not may:
            statements = grants.for_promotion(self.conn, self.settings)
            said = f"it cannot use {table.title} as a run has to"
            return Finding.of(pipeline.RIGHT_MISSING, said=said, statements=statements)
        if is_written and no_identity:
            said = f"{table.title} has no replica identity, and a publication has its updates"
            return Finding.of(pipeline.NO_REPLICA_IDENTITY, said=said)
        return None

    def _key(self, entity: Entity, table: Table, key: str) -> Iterator[Finding]:
        names = {"table": table.identifier, "key": sql.Identifier(key)}
        if found := SCRIPTS.run(self.conn, "short_ids", **names).fetchone():
            yield Finding.of(doctor.SHORT_IDS, table=table.title, id=found[0])
        if table.columns[key].is_unique:
            return
        if said := repeated_ids(self.conn, table, key):
            yield Finding(said, warns=True)
            return
        problem = doctor.KEY_NOT_UNIQUE
        if entity is not RELATIONS and self._makes_foreign_keys():
            problem = doctor.PARENT_KEY_NOT_UNIQUE
        setting = f"TASKWHO_{entity.name.upper()}"
        shown = table.identifier.as_string()
        yield Finding.of(problem, table=shown, key=key, setting=setting)

    def _exists(self, entity: Entity, table: Table, key: str) -> Finding:
        shown = table.identifier.as_string()
        [(is_filled,)] = SCRIPTS.run(self.conn, "is_filled", table=table.identifier)
        if entity is RELATIONS:
            [(keys,)] = SCRIPTS.run(self.conn, "foreign_keys", {"table": shown})
            return Finding(f"The table {shown} exists, with {keys} foreign keys.")
        if not is_filled:
            is_waited_for = self.knows_waiting and entity.stream not in self.streams
            error = emptied(self.conn, self.settings, entity) if is_waited_for else None
            if error:
                return Finding.of_error(error)
            return Finding.of(doctor.PARENT_EMPTY, table=shown)
        unique = "a unique " if table.columns[key].is_unique else "the key "
        return Finding(f"The table {shown} exists, with {unique}{key}.")

    def _makes_foreign_keys(self) -> bool:
        """Whether the next run makes the relations' table, with foreign keys."""
        if not self.settings.creates_foreign_keys:
            return False
        name = self.settings.table_of(RELATIONS).table
        is_absent = describe(self.conn, self.settings.schema, name) is None
        return is_absent and RELATIONS.stream in self.streams
