"""The SQL on the pages for people runs, in a database of after a first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.docs.tables import make_all
from tests.support.pages import WRITTEN, blocks, name_of

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [page for page in WRITTEN if blocks(page, "sql")]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_statements_of_a_page_run_in_their_order(page: Path, database_url: str) -> None:
    make_all(database_url)
    # roles belong to the whole server, so that nothing is committed
    with psycopg.connect(database_url) as connection:
        for block in blocks(page, "sql"):
            connection.execute(block.text.encode())
        connection.rollback()
