"""The SQL on the pages for people runs, in a database of after a first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
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


def test_a_person_is_removed_from_all_that_keeps_whole_records(
    url: str, settings: PostLoadSettings
) -> None:
    gone, lead = seed.contact(2), ids.make("Lead", 1)
    rows = [
        seed.relation(number, RelationId=person)
        for number, person in enumerate([gone, gone, seed.contact(3), lead], start=1)
    ]
    seed.land(url, rows)
    post_load(url, settings)
    for person in (gone, lead):
        query(url, statements("delete from").replace("003000000000001AAA", person))
    assert query(url, "select record ->> 'RelationId' from taskwho.quarantine") == [
        (seed.contact(3),)
    ]
    assert query(url, "select count(*) from taskwho.set_aside") == [(0,)]


def test_the_tables_and_their_keys_outlive_the_schema(database_url: str) -> None:
    make_all(database_url)
    query(database_url, statements("drop schema"))
    keys = "select count(*) from pg_constraint where contype = 'f' and conrelid = {}::regclass"
    assert query(database_url, keys.format("'sf_taskwhorelations'")) == [(4,)]
