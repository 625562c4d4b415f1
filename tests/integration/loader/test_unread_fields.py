"""A field that the SCHEMA message lacks gets the landing column's default: it was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from taskwho.database import landing
from taskwho.database.migrate import migrate

from tests.support.loading import OURS, STOCK, Loader, batch, batch_file, record, rows, schema

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = ("Id", "LastName", "SystemModstamp")
FOUND = [("1", None, landing.NOT_READ), ("2", "Moe", landing.NOT_READ)]


@pytest.fixture
def url(database_url: str) -> str:
    with psycopg.connect(database_url, autocommit=True) as connection:
        migrate(connection)
    return database_url


@pytest.mark.parametrize("command", [OURS, STOCK])
@pytest.mark.parametrize(
    "settings",
    [{}, {"use_copy": False}, {"stream_maps": {}}],
    ids=["copied", "inserted", "merged"],
)
def test_a_loader_leaves_the_default_of_what_was_not_read(
    tmp_path: Path, url: str, command: str, settings: dict[str, Any]
) -> None:
    load = Loader(tmp_path, url, command, **settings).load(
        schema(FIELDS, stream="contacts"),
        record("contacts", Id="1", LastName=None, SystemModstamp="now"),
        record("contacts", Id="2", LastName="Moe", SystemModstamp="now"),
    )
    assert load.code == 0, load.last_line
    assert rows(url, "contacts", '"Id", "LastName", "Phone"') == FOUND


@pytest.mark.parametrize("name", ["page.csv", "page.jsonl"])
def test_a_batch_file_leaves_it_too(tmp_path: Path, url: str, name: str) -> None:
    records: list[dict[str, Any]] = [
        {"Id": "1", "LastName": None, "SystemModstamp": "now"},
        {"Id": "2", "LastName": "Moe", "SystemModstamp": "now"},
    ]
    file = batch_file(tmp_path / "run" / name, records)
    load = Loader(tmp_path, url).load(
        schema(FIELDS, stream="contacts"), batch(file, stream="contacts")
    )
    assert load.code == 0, load.last_line
    assert rows(url, "contacts", '"Id", "LastName", "Phone"') == FOUND
