"""The seed's tables, as an existing database has them, and rows to land in front of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate

from tests.sandbox.org import ids
from tests.support.seed_tables import create_parents, create_relations

if TYPE_CHECKING:
    from collections.abc import Iterable

USER = ids.make("User", 1)
STAMP = "2024-05-01T08:00:00.000Z"
Row = dict[str, Any]
RECOUNTS = {
    "waiting_counts": """
        select stream, is_set_aside, reasons, count(*) from taskwho.quarantine
        group by stream, is_set_aside, reasons
    """,
    "missing_parents": """
        select distinct parent, parent_id, is_set_aside from taskwho.missing_references
    """,
    # nothing waits for a parent but what waits
    "missing_references": """
        select missing.stream, missing.salesforce_id, field, parent, parent_id, waiting.is_set_aside
        from taskwho.missing_references as missing
        join taskwho.quarantine as waiting using (stream, salesforce_id)
        where waiting.record ->> field = parent_id
    """,
}
LIVE_ROWS = "select table_schema, table_name, row_count from taskwho.live_rows"


def task(number: int) -> str:
    """A task's Id."""
    return ids.make("Task", number)


def contact(number: int) -> str:
    """A contact's Id."""
    return ids.make("Contact", number)


def relation(number: int, **changes: object) -> Row:
    """A relation as it lands: of task 1 and contact 1, which the seed's tables hold."""
    row: Row = {
        "Id": ids.make("TaskWhoRelation", number),
        "IsDeleted": "false",
        "Type": "Contact",
        "RelationId": contact(1),
        "TaskId": task(1),
        "CreatedById": USER,
        "LastModifiedById": USER,
        "CreatedDate": STAMP,
        "LastModifiedDate": STAMP,
        "SystemModstamp": STAMP,
    }
    return row | changes


def create(url: str) -> None:
    """The seed's tables with one user, one contact, one task."""
    with psycopg.connect(url) as connection:
        create_parents(connection)
        create_relations(connection)
        connection.execute(
            "insert into sf_users (salesforce_id, username, last_name, name, email, "
            "is_profile_photo_active, sf_created_date, sf_last_modified_date, sf_system_modstamp) "
            "values (%s, 'u', 'l', 'n', 'e', false, now(), now(), now())",
            [USER],
        )
    add_contact(url, 1)
    add_task(url, 1)


def add_contact(url: str, number: int) -> None:
    """One more contact."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into sf_contacts (id, salesforce_id, last_name) "
            "values (gen_random_uuid(), %s, 'l')",
            [contact(number)],
        )


def add_task(url: str, number: int) -> None:
    """One more task."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into sf_activities (id, salesforce_id, status, priority, is_high_priority, "
            "is_deleted, is_closed, is_archived, owner_id, created_by_id, last_modified_by_id, "
            "sf_created_date, sf_last_modified_date, sf_system_modstamp) "
            "values (gen_random_uuid(), %s, 'Open', 'Normal', "
            "false, false, false, false, %s, %s, %s, now(), now(), now())",
            [task(number), USER, USER, USER],
        )


def land(url: str, rows: Iterable[Row]) -> None:
    """Rows into the inbox, as the loader appends them."""
    with connect(url) as connection:
        migrate(connection)
        names = list(relation(1))
        columns = ", ".join(f'"{name}"' for name in names)
        with connection.cursor().copy(
            f"copy taskwho.task_who_relations ({columns}) from stdin"
        ) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])


def stored(url: str) -> dict[str, Row]:
    """The result table, by Salesforce Id."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        rows = connection.execute("select * from sf_taskwhorelations").fetchall()
    return {row["salesforce_id"]: row for row in rows}


def quarantine(url: str) -> dict[str, Row]:
    """What waits, by Salesforce Id."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        rows = connection.execute("select * from taskwho.failed_relations").fetchall()
    return {row["salesforce_id"]: row for row in rows}


def check_counts(url: str) -> None:
    """Raise AssertionError where what is kept beside the quarantine is not what is in it."""
    with psycopg.connect(url) as connection:
        for table, recount in RECOUNTS.items():
            kept = connection.execute(f"select * from taskwho.{table}".encode()).fetchall()  # noqa: S608 -- the test's own names
            found = connection.execute(recount.encode()).fetchall()
            assert sorted(kept, key=str) == sorted(found, key=str), table
        for schema, name, rows in connection.execute(LIVE_ROWS).fetchall():
            live = sql.SQL("select count(*) from {} where is_deleted is not true")
            found = connection.execute(live.format(sql.Identifier(schema, name))).fetchall()
            assert found == [(rows,)], name
