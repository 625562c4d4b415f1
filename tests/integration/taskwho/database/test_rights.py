"""Roles that may not migrate: each is told what an administrator has to run, until it works."""

from __future__ import annotations

import pytest
from psycopg import conninfo
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.model.errors import TaskwhoError

from tests.support.postgresql import query
from tests.support.promoting import statements_in
from tests.support.schemas.dumps import restore


def refusal(url: str) -> str:
    with pytest.raises(TaskwhoError) as refused, connect(url) as connection:
        migrate(connection)
    assert refused.value.exit_code == 2
    return refused.value.message


def test_a_role_that_may_not_create_the_schema_is_told_what_an_administrator_runs(
    guest: str,
) -> None:
    given = conninfo.conninfo_to_dict(guest)
    role, database = given["user"], given["dbname"]
    assert refusal(guest) == (
        "The role of DATABASE_URL lacks a right on the schema taskwho: permission denied for "
        f"database {database}. Nothing was changed, and what landed is kept. An administrator has "
        "to run:\n"
        "    create schema if not exists taskwho;\n"
        f'    grant usage, create on schema taskwho to "{role}";\n'
        f'    grant all on all tables in schema taskwho to "{role}";\n'
        f'    grant all on all sequences in schema taskwho to "{role}";'
    )


def test_a_role_that_does_not_own_the_tables_is_told_who_has_to(
    database_url: str, guest: str
) -> None:
    restore(database_url)
    message = refusal(guest)
    assert "permission denied for schema taskwho" in message
    query(database_url, statements_in(message))
    message = refusal(guest)
    role = conninfo.conninfo_to_dict(guest)["user"]
    given = [line.strip() for line in message.splitlines() if " owner to " in line]
    assert given == [
        *(
            f"alter routine taskwho.{routine} owner to {role};"
            for routine in (
                "count_waiting()",
                "forget_waiting()",
                "parents_missed(text,text,text,text)",
            )
        ),
        *(
            f"alter table taskwho.{table} owner to {role};"
            for table in (
                "batches",
                "deleted_relations",
                "failed_parents",
                "failed_relations",
                "landed_seq",
                "missing_parents",
                "runs",
                "waiting_counts",
            )
        ),
    ]
    query(database_url, statements_in(message))
    with connect(guest) as connection:
        migrate(connection)
