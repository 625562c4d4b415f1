"""The tables of the seed service, and the parents of an org in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.sandbox import Sandbox

HERE = Path(__file__).parent
# column -> the object's field; `id` is made here, as the seed made it
STAMPS = {
    "sf_created_date": "CreatedDate",
    "sf_last_modified_date": "LastModifiedDate",
    "sf_system_modstamp": "SystemModstamp",
}
PARENTS = {
    "users": (
        "sf_users",
        {
            "salesforce_id": "Id",
            "username": "Username",
            "last_name": "LastName",
            "name": "Name",
            "email": "Email",
            "is_profile_photo_active": "IsProfilePhotoActive",
            **STAMPS,
        },
    ),
    "contacts": (
        "sf_contacts",
        {
            "salesforce_id": "Id",
            "first_name": "FirstName",
            "last_name": "LastName",
            "name": "Name",
            "email": "Email",
            "phone": "Phone",
            "title": "Title",
            "sf_system_modstamp": "SystemModstamp",
        },
    ),
    "tasks": (
        "sf_activities",
        {
            "salesforce_id": "Id",
            "subject": "Subject",
            "activity_date": "ActivityDate",
            "status": "Status",
            "priority": "Priority",
            "is_high_priority": "IsHighPriority",
            "is_deleted": "IsDeleted",
            "is_closed": "IsClosed",
            "is_archived": "IsArchived",
            "owner_id": "OwnerId",
            "created_by_id": "CreatedById",
            "last_modified_by_id": "LastModifiedById",
            **STAMPS,
            "type": "TaskSubtype",
        },
    ),
}


def create_parents(connection: psycopg.Connection[Any]) -> None:
    """Create the empty tables sf_users, sf_contacts and sf_activities."""
    connection.execute((HERE / "seed_parents.sql").read_bytes())


def create_relations(connection: psycopg.Connection[Any]) -> None:
    """Create the empty table sf_taskwhorelations, with its keys."""
    connection.execute((HERE / "seed_relations.sql").read_bytes())


def load_parents(url: str, org: Sandbox) -> None:
    """Create the parents' tables of a database, with the parents that a reader holds."""
    with psycopg.connect(url) as connection:
        create_parents(connection)
        fill_parents(connection, org.parents())


def fill_parents(
    connection: psycopg.Connection[Any], parents: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Add the org's records, as `Sandbox.parents()` and `Sandbox.heal()` give them."""
    for kind, records in parents.items():
        table, columns = PARENTS[kind]
        made = [] if kind == "users" else ["id"]
        statement = sql.SQL("copy {} ({}) from stdin").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, (*made, *columns)))
        )
        fields = columns.values()
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for record in records:
                copy.write_row([*(uuid4() for _ in made), *(record[field] for field in fields)])
