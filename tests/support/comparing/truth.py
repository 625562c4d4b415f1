"""What a user's tables must hold, computed from the org without the product's code."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.sandbox import Sandbox

STORED = """
    select salesforce_id, is_deleted, type, relation_id, task_id, created_by_id,
        last_modified_by_id, sf_created_date, sf_last_modified_date, sf_system_modstamp
    from sf_taskwhorelations
"""
LEAD = "00Q"


class _Known:
    """The parents that a database holds now."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.users, self.contacts, self.tasks = (
            {row[0] for row in connection.execute(f"select salesforce_id from {table}")}  # noqa: S608 - three names
            for table in ("sf_users", "sf_contacts", "sf_activities")
        )

    def missing(self, record: Mapping[str, Any]) -> set[str]:
        """The parents that a record needs and the database lacks."""
        needs = (
            (record["TaskId"], self.tasks),
            (record["RelationId"], self.contacts),
            (record["CreatedById"], self.users),
            (record["LastModifiedById"], self.users),
        )
        return {key for key, known in needs if key is not None and key not in known}


class Truth:
    """The org against the parents that a database holds now."""

    def __init__(self, org: Sandbox, connection: psycopg.Connection[Any]) -> None:
        known = _Known(connection)
        self.rows: dict[str, tuple[Any, ...]] = {}
        self.failed: dict[str, set[str]] = {}
        self.set_aside: set[str] = set()
        for record in org.truth():
            missing = known.missing(record)
            if not missing:
                self.rows[record["Id"]] = _row(record)
            elif record["IsDeleted"]:
                continue
            elif record["RelationId"].startswith(LEAD):
                self.set_aside.add(record["Id"])
            else:
                self.failed[record["Id"]] = missing


def stored_rows(connection: psycopg.Connection[Any]) -> dict[str, tuple[Any, ...]]:
    """What sf_taskwhorelations holds, by Id."""
    return {row[0]: row for row in connection.execute(STORED.encode())}


def first_difference(
    org: Sandbox, connection: psycopg.Connection[Any], *, deleted: bool = True
) -> str | None:
    """Compare as Truth does, but row by row in the order of Ids, for millions of rows.

    Without `deleted`, relations in the recycle bin must be absent, as with the endpoint `query`.
    """
    known, relations = _Known(connection), org.table("TaskWhoRelation")
    records = (relations[record_id] for record_id in sorted(relations))
    wanted = (
        _row(record)
        for record in records
        if (deleted or not record["IsDeleted"]) and not known.missing(record)
    )
    with connection.cursor("in_order") as stored:
        stored.itersize = 10_000
        stored.execute(STORED.encode() + b' order by salesforce_id collate "C"')
        for expected, found in zip_longest(wanted, stored):
            if expected != found:
                return f"expected {expected}, found {found}"
    return None


def assert_equal_to_the_org(org: Sandbox, url: str) -> None:
    """The table holds every relation whose parents are there, as the org has it, and no other."""
    with psycopg.connect(url) as connection:
        truth = Truth(org, connection).rows
        assert truth
        assert stored_rows(connection) == truth


def reported_failures(twin: Path) -> dict[str, str]:
    """Every failed relation of a report with its error, from the inline lists and the file."""
    document = json.loads(twin.read_text("utf-8"))
    records = [*document["failed_records"], *document["standing_records"]]
    if name := document["record_files"]["failed"]:
        with gzip.open(twin.with_name(Path(name).name), "rt", encoding="utf-8") as file:
            records += [json.loads(line) for line in file]
    return {record["salesforce_id"]: record["error"] for record in records}


def _row(record: Mapping[str, Any]) -> tuple[Any, ...]:
    stamps = ("CreatedDate", "LastModifiedDate", "SystemModstamp")
    return (
        record["Id"],
        record["IsDeleted"],
        record["Type"],
        record["RelationId"],
        record["TaskId"],
        record["CreatedById"],
        record["LastModifiedById"],
        *(datetime.fromisoformat(record[stamp]).replace(tzinfo=None) for stamp in stamps),
    )
