"""docs/tables.md is what the comments of the database say."""

from __future__ import annotations

from tests.docs import tables


def test_the_page_of_tables_is_up_to_date(database_url: str) -> None:
    written = tables.PAGE.read_text("utf-8")
    assert written == tables.write(database_url), "docs/tables.md is out of date: run `make docs`"
