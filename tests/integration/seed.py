"""The seed's tables, as an existing database has them, and rows to land in front of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from taskwho import database, landing

from tests.sandbox import ids

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLES = """
create table sf_users (
    id serial primary key,
    salesforce_id varchar(18) not null unique,
    username varchar(80) not null,
    last_name varchar(80) not null,
    name varchar(121) not null,
    email varchar(128) not null,
    is_profile_photo_active boolean not null,
    sf_created_date timestamp not null,
    sf_last_modified_date timestamp not null,
    sf_system_modstamp timestamp not null
);
create table sf_contacts (
    id uuid primary key,
    salesforce_id varchar(18) not null unique,
    last_name varchar(80) not null,
    first_name varchar(40),
    sf_system_modstamp timestamp
);
create table sf_activities (
    id uuid primary key,
    salesforce_id varchar(18) not null unique,
    subject varchar(255),
    status varchar(255) not null,
    priority varchar(20) not null,
    type varchar(50)
);
create table sf_taskwhorelations (
    id serial primary key,
    salesforce_id varchar(18) not null,
    is_deleted boolean not null,
    type varchar(50),
    relation_id varchar(18),
    task_id varchar(18),
    created_by_id varchar(18) not null,
    last_modified_by_id varchar(18) not null,
    sf_created_date timestamp not null,
    sf_last_modified_date timestamp not null,
    sf_system_modstamp timestamp not null,
    created_at timestamp,
    updated_at timestamp,
    constraint sf_taskwhorelations_salesforce_id_key unique (salesforce_id),
    constraint sf_taskwhorelations_relation_id_fkey
        foreign key (relation_id) references sf_contacts (salesforce_id),
    constraint sf_taskwhorelations_task_id_fkey
        foreign key (task_id) references sf_activities (salesforce_id),
    constraint sf_taskwhorelations_created_by_id_fkey
        foreign key (created_by_id) references sf_users (salesforce_id),
    constraint sf_taskwhorelations_last_modified_by_id_fkey
        foreign key (last_modified_by_id) references sf_users (salesforce_id)
);
"""
USER = ids.make("User", 1)
STAMP = "2024-05-01T08:00:00.000Z"
Row = dict[str, Any]


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
        connection.execute(TABLES)
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
            "insert into sf_activities (id, salesforce_id, status, priority) "
            "values (gen_random_uuid(), %s, 'Open', 'Normal')",
            [task(number)],
        )


def land(url: str, rows: Iterable[Row]) -> None:
    """Rows into the inbox, as the loader appends them."""
    with database.connect(url) as connection:
        landing.ensure(connection)
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
