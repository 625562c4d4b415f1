"""The quarantine of commit f248733: its columns stay readable, its rows and rights move over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.model.errors import TaskwhoError

from tests.support import seed
from tests.support.dumps import restore
from tests.support.postgresql import guest_url
from tests.support.promoting import query

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = """
    select attname, format_type(atttypid, atttypmod)
    from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped
    order by attnum
"""
REFERENCES = """
    select missing.field, missing.parent, missing.parent_id, missing.is_set_aside
    from taskwho.missing_references as missing
    join taskwho.quarantine using (stream, salesforce_id)
    where stream = 'task_who_relations' and salesforce_id = %s
    order by missing.field
"""
OLD = ("failed_relations", "failed_parents")


def migrated(url: str) -> str:
    with connect(url) as connection:
        migrate(connection)
    return url


@pytest.mark.parametrize("name", OLD)
def test_a_view_has_the_columns_of_the_old_table(
    make_database: Callable[[], str], name: str
) -> None:
    old, new = make_database(), make_database()
    restore(old)
    table = f"taskwho.{name}"
    assert query(migrated(new), COLUMNS, table) == query(old, COLUMNS, table)


def test_what_a_row_waits_for_is_a_row_of_its_own(database_url: str) -> None:
    restore(database_url)
    [(key, task, contact, creator, modifier)] = query(
        database_url,
        "select salesforce_id, missing_task_id, missing_contact_id, missing_created_by_id, "
        "missing_last_modified_by_id from taskwho.failed_relations "
        "where reasons = '{missing_task,missing_contact,missing_user,null_value}'",
    )
    assert query(migrated(database_url), REFERENCES, key) == [
        ("CreatedById", "users", creator, False),
        ("LastModifiedById", "users", modifier, False),
        ("RelationId", "contacts", contact, False),
        ("TaskId", "tasks", task, False),
    ]
    seed.check_counts(database_url)


def test_who_could_read_the_old_tables_can_read_the_views(database_url: str) -> None:
    restore(database_url)
    with guest_url(database_url) as guest:
        role = sql.Identifier(str(psycopg.conninfo.conninfo_to_dict(guest)["user"]))
        with psycopg.connect(database_url) as admin:
            admin.execute(sql.SQL("grant usage on schema taskwho to {}").format(role))
            admin.execute(sql.SQL("grant select on taskwho.failed_relations to {}").format(role))
            admin.execute("grant select on taskwho.failed_parents to public")
        before = [query(guest, f"select count(*) from taskwho.{name}") for name in OLD]  # noqa: S608 - our names
        migrated(database_url)
        assert [query(guest, f"select count(*) from taskwho.{name}") for name in OLD] == before  # noqa: S608 - our names
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            query(guest, "select from taskwho.quarantine")


def test_something_that_depends_on_an_old_table_is_in_the_way(database_url: str) -> None:
    restore(database_url)
    query(database_url, "create view mine as select * from taskwho.failed_relations")
    with pytest.raises(TaskwhoError) as refused:
        migrated(database_url)
    assert refused.value.exit_code == 2
    assert (
        "cannot drop table taskwho.failed_relations because other objects depend on it: view mine "
        "depends on table taskwho.failed_relations (SQLSTATE 2BP01)"
    ) in refused.value.message
