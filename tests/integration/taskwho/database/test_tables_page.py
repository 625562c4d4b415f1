"""The comments in the database give docs/tables.md and the sources of dbt their texts."""

from __future__ import annotations

from tests.docs import dbt, tables


def test_the_page_of_tables_is_up_to_date(database_url: str) -> None:
    written = tables.PAGE.read_text("utf-8")
    assert written == tables.write(database_url), "docs/tables.md is out of date: run `make docs`"


def test_the_sources_of_dbt_are_up_to_date(database_url: str) -> None:
    written = dbt.PAGE.read_text("utf-8")
    assert written == dbt.write(database_url), "sources.yml is out of date: run `make docs`"
