"""The .env file that Meltano reads too: only its own line changes, and only the owner reads it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from taskwho.model import dotenv_file
from taskwho.model.errors import TaskwhoError

if TYPE_CHECKING:
    from pathlib import Path

URL = "postgresql://postgres@/postgres?host=/a/.taskwho/postgres"


def test_the_url_is_written_where_there_was_no_file(tmp_path: Path) -> None:
    dotenv_file.store_database_url(tmp_path, URL)
    assert dotenv_file.database_url(tmp_path) == URL
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", ["DATABASE_URL=", "export DATABASE_URL=old", "DATABASE_URL='old'"])
def test_other_lines_stay_as_they_are_and_in_their_order(tmp_path: Path, line: str) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# mine\nA=1\n{line}\nMY_DATABASE_URL=other\n")
    file.chmod(0o644)
    dotenv_file.store_database_url(tmp_path, URL)
    assert file.read_text() == f"# mine\nA=1\nDATABASE_URL='{URL}'\nMY_DATABASE_URL=other\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_linked_env_file_is_written_where_it_is(tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere.env"
    kept.write_text("A=1\n")
    (tmp_path / ".env").symlink_to(kept)
    dotenv_file.store_database_url(tmp_path, URL)
    assert (tmp_path / ".env").is_symlink()
    assert URL in kept.read_text()


def test_the_environment_wins_over_the_file_and_an_empty_value_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=\n")
    assert dotenv_file.database_url(tmp_path) is None
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    dotenv_file.store_database_url(tmp_path, URL)
    assert dotenv_file.database_url(tmp_path) == "postgresql://elsewhere/db"


def test_the_file_fills_what_the_environment_does_not_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("TASKWHO_TEST_A=file\nTASKWHO_TEST_B=file\nTASKWHO_TEST_C=\n")
    monkeypatch.setenv("TASKWHO_TEST_A", "environment")
    # set and taken away, so that pytest takes away what `load` sets
    monkeypatch.setenv("TASKWHO_TEST_B", "")
    monkeypatch.delenv("TASKWHO_TEST_B")
    dotenv_file.load(tmp_path)
    assert os.environ["TASKWHO_TEST_A"] == "environment"
    assert os.environ["TASKWHO_TEST_B"] == "file"
    assert "TASKWHO_TEST_C" not in os.environ


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"A=\xff\n")
    with pytest.raises(TaskwhoError) as refused:
        dotenv_file.load(tmp_path)
    assert refused.value.message == (
        f"The file {tmp_path / '.env'} is not UTF-8 text. Save it as UTF-8."
    )
    assert refused.value.exit_code == 2
