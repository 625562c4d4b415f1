"""What keeps the embedded PostgreSQL from working is said in a sentence."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from taskwho.database import embedded
from taskwho.database.embedded import outside
from taskwho.database.embedded.layout import Layout
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import (
    ANOTHER_DATABASE_IS_SET,
    EMBEDDED_OF_EARLIER_RELEASE,
    NO_DATABASE,
)
from taskwho.model.exit_codes import ExitCode
from taskwho.pipeline.prepare import prepare
from taskwho.pipeline.starting.database_url import require_database

from tests.support.embedded.accounts import IS_ROOT
from tests.support.embedded.projects import ask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OWN = "set DATABASE_URL (postgresql://user:password@host/database) to use a PostgreSQL of your own."


def test_without_a_database_nothing_is_started_or_written_and_both_ways_out_are_named(
    tmp_path: Path,
) -> None:
    for command in (prepare, require_database):
        with pytest.raises(TaskwhoError) as raised:
            command(tmp_path)
        assert raised.value.problem is NO_DATABASE
        assert raised.value.exit_code == ExitCode.MISCONFIGURED
        assert raised.value.message == (
            f"DATABASE_URL is not set, neither in the environment nor in {tmp_path}/.env. "
            "Set DATABASE_URL (postgresql://user:password@host/database) in one of them, or go to "
            "the folder whose .env sets it. Or run `taskwho prepare --embedded`, which starts a "
            "PostgreSQL in this folder and sets it. Nothing was started."
        )
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_set_is_not_replaced_by_the_embedded_one(tmp_path: Path) -> None:
    line = "DATABASE_URL=postgresql://host/mine\n"
    (tmp_path / ".env").write_text(line)
    with pytest.raises(TaskwhoError) as raised:
        prepare(tmp_path, with_embedded=True)
    assert raised.value.problem is ANOTHER_DATABASE_IS_SET
    assert [path.name for path in tmp_path.iterdir()] == [".env"]
    assert (tmp_path / ".env").read_text() == line


@pytest.mark.parametrize("place", [".taskwho", ".taskwho/postgres"])
def test_a_file_in_the_way_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("in the way")
    with pytest.raises(TaskwhoError) as raised:
        embedded.start(tmp_path)
    assert raised.value.message == (
        f"The embedded PostgreSQL cannot work in {tmp_path}/.taskwho/postgres: "
        f"[Errno 17] File exists: '{tmp_path / place}'. Remove the cause and run again, or {OWN}"
    )


def test_data_of_an_earlier_release_which_asked_for_no_password_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / ".taskwho" / "postgres"
    home.mkdir(parents=True)
    (home / "PG_VERSION").write_text("18\n")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://postgres@/postgres?host={home}")
    with pytest.raises(TaskwhoError) as raised:
        require_database(tmp_path)
    assert raised.value.problem is EMBEDDED_OF_EARLIER_RELEASE
    assert f"kill -INT $(head -n 1 '{home}/postmaster.pid')" in raised.value.message
    assert (home / "PG_VERSION").exists()


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB: too small for a database."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(tmp_path)]
    if not IS_ROOT or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)  # noqa: S607 - of the system


def test_a_full_disk_is_named_and_nothing_is_left_half_done(full_disk: Path) -> None:
    with pytest.raises(TaskwhoError, match=r"No space left on device.*Remove the cause") as raised:
        embedded.start(full_disk)
    assert raised.value.message.count("No space left") == 1
    layout = Layout.of(full_disk)
    assert {path.name for path in layout.home.iterdir()} == {"lock", "password"}
    assert not outside.folders(layout.home, outside.INITDB)


def test_an_end_as_it_starts_is_said_with_postgresql_s_own_words(folder: Path) -> None:
    layout = Layout.of(folder)
    kept = (layout.data / "postgresql.conf").read_text()
    (layout.data / "postgresql.conf").write_text("shared_buffers = nonsense\n")
    with pytest.raises(TaskwhoError) as raised:
        embedded.start(folder)
    assert raised.value.message == (
        "The embedded PostgreSQL ended as it started: configuration file "
        f'"{layout.data}/postgresql.conf" contains errors. Remove the cause and run again, or '
        f"{OWN} Its log is {layout.log}. Its data is as it was."
    )
    (layout.data / "postgresql.conf").write_text(kept)
    assert ask(embedded.start(folder), "select 1") == 1
