"""The SQL on the pages for people runs, in a database of after a first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from taskwho.pipeline.past_runs import write_again
from taskwho.pipeline.post_load import post_load

from tests.docs.tables import make_all
from tests.sandbox.org import ids
from tests.support import seed
from tests.support.checkout import ROOT
from tests.support.pages import WRITTEN, blocks, name_of
from tests.support.postgresql import query

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings

PAGES = [page for page in WRITTEN if blocks(page, "sql")]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_statements_of_a_page_run_in_their_order(page: Path, database_url: str) -> None:
    make_all(database_url)
    # roles belong to the whole server, so that nothing is committed
    with psycopg.connect(database_url) as connection:
        for block in blocks(page, "sql"):
            connection.execute(block.text.encode())
        connection.rollback()


def statements(word: str) -> str:
    """The one block of docs/production.md with a word in it."""
    found = blocks(ROOT / "docs" / "production.md", "sql")
    [text] = [block.text for block in found if word in block.text]
    return text


PERSON = "003000000000001AAA"
ANSWER = """
    insert into taskwho.missing_answers (parent, parent_id, found, merged_into, asked_at)
    values ('contacts', %s, 'merged', %s, now())
"""
PAGE = """
    insert into taskwho.batches (promoted_by, first_id, last_id, after_id)
    values (%s, %s, %s, %s)
"""


def whole_schema(url: str) -> str:
    """Every row of every table of the schema taskwho."""
    with psycopg.connect(url) as connection:
        named = connection.execute(
            "select tablename from pg_tables where schemaname = 'taskwho'"
        ).fetchall()
        texts = [
            connection.execute(
                sql.SQL("select t::text from {} as t").format(sql.Identifier("taskwho", name))
            ).fetchall()
            for (name,) in named
        ]
    return str(texts)


@pytest.mark.parametrize(
    ("person", "left"),
    [
        (seed.contact(2), {1, 2, 4, 6}),
        (ids.make("Lead", 1), {1, 2, 3, 4, 5}),
        (ids.make("User", 2), {1, 2, 3, 6}),
    ],
    ids=["a contact", "a lead", "a user"],
)
def test_a_person_is_removed_from_the_whole_schema(
    url: str,
    settings: PostLoadSettings,
    monkeypatch: pytest.MonkeyPatch,
    person: str,
    left: set[int],
) -> None:
    rows = [
        seed.relation(1, RelationId=seed.contact(3)),
        seed.relation(2, RelationId=ids.make("Lead", 2)),
        seed.relation(3, RelationId=seed.contact(2)),
        seed.relation(4, CreatedById=ids.make("User", 2)),
        seed.relation(5, RelationId=seed.contact(2), LastModifiedById=ids.make("User", 2)),
        seed.relation(6, RelationId=ids.make("Lead", 1)),
    ]
    seed.land(url, rows)
    result = post_load(url, settings, with_report=True)
    with psycopg.connect(url) as connection:
        connection.execute(ANSWER, [PERSON, person])
        connection.execute(PAGE, [result.run_id, person, person, person])
    assert person in whole_schema(url)
    query(url, statements("delete from").replace(PERSON, person))
    assert person not in whole_schema(url)
    seed.check_counts(url)
    kept = query(
        url,
        "select salesforce_id from taskwho.quarantine "
        "union all select salesforce_id from taskwho.set_aside",
    )
    assert {key for (key,) in kept} == {seed.relation(number)["Id"] for number in left}
    # the report of the run can still be written, and names the person no more
    monkeypatch.setenv("DATABASE_URL", url)
    again = write_again(settings.reports_dir, result.run_id, settings.reports_dir / "again")
    assert person not in again.with_suffix(".json").read_text()


def test_the_tables_and_their_keys_outlive_the_schema(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [seed.relation(1)])
    post_load(url, settings)
    keys = "select count(*) from pg_constraint where contype = 'f' and conrelid = {}::regclass"
    before = query(url, keys.format("'sf_taskwhorelations'")), seed.stored(url)
    query(url, statements("drop schema"))
    assert query(url, "select to_regnamespace('taskwho')") == [(None,)]
    assert (query(url, keys.format("'sf_taskwhorelations'")), seed.stored(url)) == before
    assert (before[0], len(before[1])) == ([(4,)], 1)
    # a row that a user writes is still checked, and another run finds all of it
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        query(url, "update sf_taskwhorelations set relation_id = '003'")
    seed.land(url, [seed.relation(1)])
    assert post_load(url, settings).counts.unchanged == 1
