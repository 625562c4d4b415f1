"""What `taskwho why` tells of a record: where it is, why it is not in its table, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.rows import dict_row

from taskwho.commands.sql_folder import SCRIPTS
from taskwho.database import landing
from taskwho.database.catalog import describe
from taskwho.database.scripts import doubled
from taskwho.model.entities import DELETES, ENTITIES, PREFIX_LENGTH, RELATIONS
from taskwho.model.results.missing import NOT_ASKED
from taskwho.org.explain.explain import causes_of, in_words
from taskwho.report.next_steps import label_for, step_for
from taskwho.report.number_formats import instant, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from taskwho.model.settings import PostLoadSettings

_OBJECTS = {entity.prefix: entity for entity in ENTITIES}


class Story:
    """What a database knows of one record. Telling it changes nothing."""

    def __init__(
        self, conn: psycopg.Connection[Any], settings: PostLoadSettings, record_id: str
    ) -> None:
        self._conn = conn
        self._settings = settings
        self._id = record_id
        self._entity = _OBJECTS.get(record_id[:PREFIX_LENGTH], RELATIONS)
        self._stream = self._entity.stream
        self._missing = causes_of(conn, settings, record_id)

    def lines(self) -> list[str]:
        """What is known of the record, one line each; empty where nothing is."""
        aside = RELATIONS.set_aside
        if aside and self._id.startswith(aside.prefix):
            lead = aside.reason
            found = [f"A {lead}. There is no table for {lead}s: relations to it are set aside."]
        else:
            found = [
                *self._in_table(),
                *self._waiting(),
                *self._set_aside(),
                *self._landed(self._stream),
            ]
        if self._stream == RELATIONS.stream:
            found += self._removed()
        found += self._waited_for()
        return found or list(self._on_a_page())

    def _in_table(self) -> Iterator[str]:
        place = self._settings.table_of(self._entity)
        schema, table, key = self._settings.schema, place.table, place.key
        if describe(self._conn, schema, table) is None:
            return
        row = self._row(
            "stored_record", table=sql.Identifier(schema, table), key=sql.Identifier(key)
        )
        if row is None:
            return
        deleted = ", deleted in Salesforce" if row.get("is_deleted") else ""
        stamp = row.get("sf_system_modstamp")
        as_of = f", as Salesforce had it at {stamp} UTC" if stamp else ""
        yield f"In the table {schema}.{table}{deleted}{as_of}."
        if self._stream == RELATIONS.stream:
            yield f"Task {row['task_id']}, person {row['relation_id']}."

    def _waiting(self) -> Iterator[str]:
        if row := self._row("waiting_record"):
            yield (
                f"It waits in quarantine since {instant(row['first_failed_at'])}; its reasons last "
                f"changed at {instant(row['last_failed_at'])}: {', '.join(row['reasons'])}."
            )
            yield f"{row['error']}."
            yield from self._why_missing()
            known = {one.parent for one in self._missing if one.cause != NOT_ASKED}
            told = {entity.missing for entity in ENTITIES if entity.stream in known}
            yield from (f"Next: {step_for(why)}" for why in row["reasons"] if why not in told)

    def _set_aside(self) -> Iterator[str]:
        if row := self._row("set_aside_record"):
            label = label_for(row["reason"]).lower()
            yield f"It is set aside since {instant(row['set_aside_at'])} ({label})."
            yield f"Next: {step_for(row['reason'])}"

    def _landed(self, stream: str) -> Iterator[str]:
        if not landing.existing(self._conn, [stream]):
            return
        row = self._row("landed_versions", table=sql.Identifier(landing.SCHEMA, stream))
        if row and row["versions"]:
            subject = "Its removal landed" if stream == DELETES else "It landed"
            yield (
                f"{subject} and is not promoted yet ({number(row['versions'])}): run "
                "`taskwho post-load`."
            )

    def _removed(self) -> Iterator[str]:
        if row := self._row("removal"):
            yield f"Salesforce lists it as removed at {instant(row['deleted_at'])}."
        yield from self._landed(DELETES)

    def _waited_for(self) -> Iterator[str]:
        row = self._row("waiting_for")
        if row and row["relations"]:
            waits = "relation waits" if row["relations"] == 1 else "relations wait"
            yield f"{number(row['relations'])} {waits} in quarantine for it."
            yield from self._why_missing()

    def _why_missing(self) -> Iterator[str]:
        """Why its missing parents are missing, or why it is missing itself, and what to do."""
        for one in self._missing:
            if one.cause != NOT_ASKED:
                label, do = in_words(self._settings, one.parent, one.cause, one.id)
                label = f"merged into {one.merged_into}" if one.merged_into else label
                asked = f" (asked at {instant(one.asked_at)})" if one.asked_at else ""
                yield f"{one.id} is {label}{asked}."
                yield f"Next: {do}"

    def _on_a_page(self) -> Iterator[str]:
        if page := self._row("last_page"):
            yield (
                "No table holds it. The last page that covered its Id was batch "
                f"{page['batch']} of run {page['run_id']} at {instant(page['fetched_at'])}."
            )
            yield (
                "It was outside that run's window, or it is deleted for good, or the integration "
                "user may not see it. `taskwho sync --mode full` reads everything that this user "
                "may see."
            )

    def _row(self, script: str, **parts: sql.Composable) -> dict[str, Any] | None:
        values = {"record_id": self._id, "stream": self._stream}
        quoted = {name: doubled(part) for name, part in parts.items()}
        cursor = self._conn.cursor(row_factory=dict_row)
        return cursor.execute(SCRIPTS.compose(script, **quoted), values).fetchone()
