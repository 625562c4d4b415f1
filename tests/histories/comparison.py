"""Compares a reader's database with the org: rows, quarantine, parents and reports."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from tests.support import seed
from tests.support.comparing.truth import Truth, stored_rows
from tests.support.seed_tables import PARENTS

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tests.sandbox import Sandbox

WAITING = """
    select salesforce_id, array_remove(array[missing_task_id, missing_contact_id,
        missing_created_by_id, missing_last_modified_by_id], null), is_set_aside
    from taskwho.failed_relations
"""
DELETED, STAMP = 1, 9
OBJECTS = {"users": "User", "contacts": "Contact", "tasks": "Task"}


def compare(org: Sandbox, url: str, *, swept: bool, gone: Collection[str]) -> None:
    """Raise AssertionError where the table or the quarantine differs from the org.

    No query shows the relations in `gone` any more. Only a sweep (`swept`) marks them as deleted.
    """
    with psycopg.connect(url) as connection:
        truth = Truth(org, connection)
        stored = stored_rows(connection)
        waiting = {
            key: set(missing)
            for key, missing, is_set_aside in connection.execute(WAITING.encode())
            if not is_set_aside and (swept or key not in gone)
        }
        aside = {
            key
            for (key,) in connection.execute("select salesforce_id from taskwho.set_aside")
            if swept or key not in gone
        }
    present = {key: row for key, row in stored.items() if key in truth.rows}
    assert present == truth.rows, f"the table differs: {_difference(present, truth.rows)}"
    assert waiting == truth.failed, f"quarantine differs: {_difference(waiting, truth.failed)}"
    assert aside == truth.set_aside, f"set aside differs: {sorted(aside ^ truth.set_aside)[:3]}"
    seed.check_counts(url)
    records = org.table("TaskWhoRelation")
    for key in stored.keys() - truth.rows.keys():
        _compare_remaining(key, stored[key], records.get(key), swept=swept)


def _compare_remaining(
    key: str, row: tuple[Any, ...], record: dict[str, Any] | None, *, swept: bool
) -> None:
    """Check a stored row that the org does not show, or whose newest version lacks a parent."""
    if record is None:
        assert row[DELETED] or not swept, f"{key} is gone from the org and was not swept"
        return
    stamp = datetime.fromisoformat(record["SystemModstamp"]).replace(tzinfo=None)
    if record["IsDeleted"]:
        assert (row[DELETED], row[STAMP]) == (True, stamp), f"{key} was not marked as deleted"
    else:
        assert row[STAMP] <= stamp, f"{key} is newer than in the org"


def compare_parents(org: Sandbox, url: str) -> None:
    """Raise AssertionError where a parent's table differs from the org."""
    with psycopg.connect(url) as connection:
        for stream, (table, columns) in PARENTS.items():
            query = sql.SQL("select {} from {}").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
            )
            rows = connection.execute(query).fetchall()
            stored = {row[0]: tuple(map(_plain, row)) for row in rows}
            for key, record in org.table(OBJECTS[stream]).items():
                truth = tuple(_plain(record[field]) for field in columns.values())
                assert stored.get(key) == truth, f"{table} differs: {stored.get(key)} != {truth}"


def _plain(value: object) -> object:
    """Make a column's value and a field's value comparable."""
    if isinstance(value, str) and value.endswith("+0000"):
        value = datetime.fromisoformat(value).replace(tzinfo=None)
    return value if isinstance(value, bool) or value is None else str(value)


def compare_reports(folder: Path, url: str) -> None:
    """Raise AssertionError where a report is missing, or its sums do not add up."""
    twins = [json.loads(file.read_text("utf-8")) for file in folder.glob("taskwho*.json")]
    reported = {twin["run_id"]: twin for twin in twins if twin["run_id"]}
    for twin in reported.values():
        sums = twin["accounting"]
        assert sums["closes"], f"the accounting of run {twin['run_id']} does not close: {sums}"
        assert sums["left"] == sums["right"]
    with psycopg.connect(url) as connection:
        runs = {row[0] for row in connection.execute("select run_id from taskwho.runs")}
        stored = len(stored_rows(connection))
    assert runs == reported.keys(), "a committed promotion has no report"
    inserted = sum(twin["counts"]["inserted"] for twin in reported.values())
    assert inserted == stored, f"{stored} rows are stored, and {inserted} were reported as inserted"


def _difference(found: dict[str, Any], expected: dict[str, Any]) -> str:
    missing = sorted(expected.keys() - found.keys())
    extra = sorted(found.keys() - expected.keys())
    other = {
        key: (found[key], expected[key])
        for key in sorted(found.keys() & expected.keys())
        if found[key] != expected[key]
    }
    return (
        f"missing {missing[:3]} ({len(missing)}), too many {extra[:3]} ({len(extra)}), "
        f"other {dict(list(other.items())[:3])} ({len(other)})"
    )
