"""A parent's table that had rows and has none: whatever needs it waits, and the run says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from taskwho.commands.checks.database import check_database
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.model.entities import PARENTS
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

LOSSES = {
    "deleted": "delete from {0}",
    "truncated": "truncate {0}",
    "swapped": "alter table {0} rename to old; create table {0} (like old including all)",
}
NOUNS = {"sf_users": "user", "sf_contacts": "contact", "sf_activities": "task"}
every_parent = pytest.mark.parametrize("table", NOUNS)


@pytest.fixture
def url(database_url: str) -> str:
    """A database whose parents other jobs fill, without foreign keys, and ten stored relations."""
    seed.create(database_url)
    query(
        database_url,
        "alter table sf_taskwhorelations drop constraint {}".format(
            ", drop constraint ".join(
                name
                for (name,) in query(
                    database_url,
                    "select conname from pg_constraint where contype = 'f' "
                    "and conrelid = 'sf_taskwhorelations'::regclass",
                )
            )
        ),
    )
    with connect(database_url) as conn:
        migrate(conn)
    seed.land(database_url, map(relation, range(1, 11)))
    return database_url


@pytest.fixture
def settings(url: str, tmp_path: Path) -> PostLoadSettings:
    given = PostLoadSettings(reports_dir=tmp_path)
    assert post_load(url, given).exit_code == 0
    return given


def said(table: str, waiting: int) -> str:
    return (
        f"The table public.{table} is empty. Relations that wait for a {NOUNS[table]} of it: "
        f"{waiting}. It had rows when the stored relations went in: somebody has emptied or "
        "replaced it since. Fill it: run the job that does, or `taskwho sync --all`. The next run "
        "then brings in what waits. All that has landed is kept."
    )


@every_parent
@pytest.mark.parametrize("loss", LOSSES)
def test_rows_that_wait_for_an_emptied_parent_fail_the_run_until_it_is_filled(
    url: str, settings: PostLoadSettings, table: str, loss: str
) -> None:
    query(url, f"create table kept as table {table}")
    for statement in LOSSES[loss].format(table).split(";"):
        query(url, statement)
    seed.land(url, [relation(11)])
    result = post_load(url, settings)
    assert result.health == pytest.approx(1000 / 11)
    assert (result.exit_code, result.status, result.error) == (2, "failed", said(table, 1))
    # it is a state: the next run ends so too, whatever it reads
    assert post_load(url, settings).exit_code == 2
    query(url, f"insert into {table} table kept")
    healed = post_load(url, settings)
    assert (healed.exit_code, healed.counts.healed, healed.totals.waiting) == (0, 1, 0)


@every_parent
def test_an_emptied_parent_that_no_row_waits_for_fails_nothing(
    url: str, settings: PostLoadSettings, table: str
) -> None:
    query(url, f"truncate {table}")
    assert post_load(url, settings).exit_code == 0
    assert findings(url, settings, table) == ["warn", f'The table "public"."{table}" is empty.']


@every_parent
def test_a_parent_that_never_held_a_row_is_a_matter_of_the_health(
    url: str, tmp_path: Path, table: str
) -> None:
    query(url, f"truncate {table}")
    given: dict[str, Any] = {"reports_dir": tmp_path}
    assert post_load(url, PostLoadSettings(**given)).exit_code == 4
    assert post_load(url, PostLoadSettings(**given, fail_below=0)).exit_code == 0


@every_parent
def test_doctor_fails_where_the_run_would(url: str, settings: PostLoadSettings, table: str) -> None:
    query(url, f"truncate {table}")
    seed.land(url, [relation(11)])
    post_load(url, settings)
    mark, text = findings(url, settings, table)
    assert mark == "FAIL"
    assert said(table, 1).startswith(text)
    # a run that reads the parent fills it
    streams = [parent.stream for parent in PARENTS]
    assert findings(url, settings, table, streams)[0] == "warn"


def findings(
    url: str, settings: PostLoadSettings, table: str, streams: list[str] | None = None
) -> list[str]:
    """Mark and text of what doctor finds of a table."""
    [found] = [
        each
        for each in check_database(url, settings, ["task_who_relations", *(streams or [])])
        if "is empty" in each.text and table in each.text
    ]
    return [found.mark, found.text]
