"""The PostgreSQL that taskwho brings along, in a folder of the test's own."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.database import embedded
from taskwho.model.dotenv_file import database_url as stored_url
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.prepare import prepare, require_database

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder() -> Iterator[Path]:
    # short: a socket's path has a limit, and pytest's folders are long
    made = Path(tempfile.mkdtemp(prefix="tw-"))
    yield made
    embedded.stop(made)
    shutil.rmtree(made, ignore_errors=True)


def test_it_starts_once_and_again_after_it_was_stopped(folder: Path) -> None:
    url = embedded.start(folder)
    with psycopg.connect(url) as connection:
        connection.execute("create table kept ()")
    assert embedded.start(folder) == url
    assert embedded.stop(folder)
    assert not embedded.stop(folder)
    assert embedded.start(folder) == url
    with psycopg.connect(url) as connection:
        connection.execute("select from kept")


def test_it_comes_up_again_after_it_was_killed(folder: Path) -> None:
    url = embedded.start(folder)
    with psycopg.connect(url) as connection:
        connection.execute("create table kept ()")
    postmaster = int((folder / ".taskwho/postgres/postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    assert embedded.start(folder) == url
    with psycopg.connect(url) as connection:
        connection.execute("select from kept")


def test_a_pid_file_whose_number_is_a_stranger_s_is_no_server(folder: Path) -> None:
    embedded.start(folder)
    file = folder / ".taskwho/postgres/postmaster.pid"
    lines = file.read_text().splitlines()
    embedded.stop(folder)
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with psycopg.connect(embedded.start(folder)) as connection:
        connection.execute("select 1")


def test_prepare_starts_it_where_no_url_is_and_keeps_the_url_in_env(folder: Path) -> None:
    prepared = prepare(folder)
    assert "started" in prepared.message
    assert prepared.url in (folder / ".env").read_text()
    with psycopg.connect(prepared.url) as connection:
        connection.execute('select "Id" from taskwho.task_who_relations')


def test_a_database_beside_the_first_one_is_kept_when_the_server_is_started_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(embedded.start(folder), autocommit=True) as connection:
        connection.execute("create database mine")
    mine = embedded.start(folder).replace("/postgres?", "/mine?", 1)
    (folder / ".env").write_text(f"DATABASE_URL='{mine}'\n")
    embedded.stop(folder)
    assert require_database(folder) == mine
    monkeypatch.delenv("DATABASE_URL")
    assert stored_url(folder) == mine
    psycopg.connect(mine).close()


def test_where_it_cannot_be_it_says_so_and_names_the_other_way(tmp_path: Path) -> None:
    (tmp_path / ".taskwho").mkdir()
    (tmp_path / ".taskwho" / "postgres").write_text("in the way")
    with pytest.raises(TaskwhoError, match="Set DATABASE_URL"):
        embedded.start(tmp_path)


def test_another_project_s_embedded_database_is_somebody_s_own(tmp_path: Path) -> None:
    folder = tmp_path / "other" / ".taskwho" / "postgres"
    folder.mkdir(parents=True)
    url = f"postgresql://postgres@/postgres?host={folder}"
    assert not embedded.is_embedded(url, tmp_path)
    folder.rmdir()
    assert embedded.is_embedded(url, tmp_path), "a moved project finds its own again"
    assert not embedded.is_embedded("postgresql://host/db", tmp_path)
