"""What an administrator does to a database: a run goes on, or says in words why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo, sql
from taskwho.database.connection import connect
from taskwho.model.entities import DELETES
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.post_load import post_load

from tests.support import promoting, seed
from tests.support.postgresql import database_of, guest_url, query
from tests.support.promoting import LATER, land, make_ready, page
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings

PUBLICATION = "create publication everything for all tables"
WRITABLE = "alter database {} reset default_transaction_read_only"
READ_ONLY = "alter database {} set default_transaction_read_only = on"


def test_a_publication_for_all_tables_is_fit_for_every_statement(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, PUBLICATION)
    for stamp in (seed.STAMP, LATER):
        promoting.land_parents(url, [1, 2])
        for stream in ("users", "contacts", "tasks"):
            made = getattr(promoting, stream.removesuffix("s"))
            land(url, stream, [made(1, SystemModstamp=stamp)])
        # each Id lands twice; one waits for its task, which comes
        rows = [relation(1, SystemModstamp=stamp), relation(2), relation(3, TaskId=seed.task(2))]
        seed.land(url, [*rows, *rows, relation(4, TaskId=seed.task(9 if stamp == LATER else 8))])
        land(url, "sync_batches", [page(1), page(2, outcome="complete")])
        land(url, DELETES, [{"Id": relation(2)["Id"], "deletedDate": LATER}] * 2)
        result = post_load(url, settings)
        assert (result.exit_code, result.accounting.closes) == (0, True)
        assert make_ready(url) == []
    stored = seed.stored(url)
    assert {key: row["is_deleted"] for key, row in stored.items()} == {
        relation(1)["Id"]: False,
        relation(2)["Id"]: True,
        relation(3)["Id"]: False,
    }


def test_a_published_table_without_a_key_is_named_with_the_fix(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, "alter table sf_taskwhorelations drop column id")
    seed.land(url, [relation(1)])
    post_load(url, settings)
    query(url, PUBLICATION)
    seed.land(url, [relation(1, SystemModstamp=LATER)])
    with pytest.raises(TaskwhoError) as refused:
        post_load(url, settings)
    assert refused.value.exit_code == 2
    assert refused.value.message == (
        'A table cannot be written: cannot update table "sf_taskwhorelations" because it does not '
        "have a replica identity and publishes updates. It belongs to a publication and has no "
        "primary key, so no row of it can be named. Give it a primary key, or run `alter table … "
        "replica identity full`. Nothing was changed, and what landed is kept: the next post-load "
        "promotes it."
    )
    query(url, "alter table sf_taskwhorelations replica identity full")
    assert post_load(url, settings).counts.updated == 1


@pytest.mark.parametrize("command", ["prepare", "post-load"])
def test_a_read_only_database_is_named_with_the_statement_that_helps(
    url: str, settings: PostLoadSettings, command: str
) -> None:
    seed.land(url, [relation(1)])
    with guest_url(url) as guest:
        with pytest.raises(TaskwhoError) as refused:
            post_load(guest, settings)
        query(url, promoting.statements_in(refused.value.message))
        database, role = database_of(url), conninfo.conninfo_to_dict(guest)["user"]
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(sql.SQL(READ_ONLY).format(sql.Identifier(database)))
        with pytest.raises(TaskwhoError) as refused:
            make_ready(guest) if command == "prepare" else post_load(guest, settings)
        assert refused.value.exit_code == 2
        assert refused.value.message == (
            f"The database {database} takes no writes: default_transaction_read_only is on. The "
            "role, the database or the server sets it. An administrator has to run `alter role "
            f'"{role}" in database "{database}" set default_transaction_read_only = off`. '
            "Nothing was changed."
        )
        statement = refused.value.message.split("`")[1]
        with psycopg.connect(url) as admin:
            admin.execute(b"set transaction read write")
            admin.execute(statement.encode())
        assert post_load(guest, settings).counts.inserted == 1
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute("set default_transaction_read_only = off")
            admin.execute(sql.SQL(WRITABLE).format(sql.Identifier(database)))


def test_a_policy_on_the_products_own_tables_hides_nothing_from_their_owner(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1), relation(2, TaskId=seed.task(9))])
    tables = query(
        url, "select format('taskwho.%I', tablename) from pg_tables where schemaname = 'taskwho'"
    )
    for (table,) in tables:
        query(url, f"alter table {table} enable row level security")
    result = post_load(url, settings)
    assert (result.counts.inserted, result.counts.failed, result.exit_code) == (1, 1, 0)


def test_a_database_that_is_not_utf8_is_refused_before_anything_lands(url: str) -> None:
    template = sql.SQL("create database {} encoding 'LATIN1' template template0 locale 'C'")
    latin = "test_latin_prepare"
    query(url, template.format(sql.Identifier(latin)))
    try:
        with pytest.raises(TaskwhoError, match="is encoded in LATIN1") as refused:
            make_ready(url.replace(database_of(url), latin))
        assert refused.value.exit_code == 2
        with connect(url.replace(database_of(url), latin)) as connection:
            assert connection.execute("select to_regnamespace('taskwho')").fetchone() == (None,)
    finally:
        query(url, sql.SQL("drop database {}").format(sql.Identifier(latin)))


def test_a_table_that_cannot_be_read_is_not_taken_for_a_lost_one(
    url: str, settings: PostLoadSettings
) -> None:
    seed.land(url, [relation(1)])
    post_load(url, settings)
    with guest_url(url) as guest:
        with pytest.raises(TaskwhoError) as refused:
            make_ready(guest)
        query(url, promoting.statements_in(refused.value.message))
        # prepare needs no right on the tables of the user's
        assert make_ready(guest) == []
        role = sql.Identifier(str(conninfo.conninfo_to_dict(guest)["user"]))
        query(url, sql.SQL("grant select on sf_taskwhorelations to {}").format(role))
        query(url, "alter table sf_taskwhorelations enable row level security")
        assert make_ready(guest) == []
