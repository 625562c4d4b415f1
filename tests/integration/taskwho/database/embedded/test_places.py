"""The embedded PostgreSQL in folders with any name, and in moved and copied ones."""

from __future__ import annotations

import sys
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from taskwho.database import embedded
from taskwho.database.embedded import outside, programs
from taskwho.database.embedded.layout import Layout
from taskwho.model.dotenv_file import stored_url
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import EMBEDDED_COPIED_WHILE_IT_RAN
from taskwho.pipeline.prepare import prepare
from taskwho.pipeline.starting.database_url import require_database

from tests.support.embedded.projects import ask, copy, end_server, folder_of, note, notes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = "ü, \"b\" 'c' $(touch ran) `touch ran` \\ %41 #&?;\n{x}"
LONG = "/".join("ä" * 40 for _ in range(3))


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder for a copy or a moved project."""
    with folder_of() as outer:
        yield outer / "project"
        end_server(outer / "project")


def test_it_works_in_a_long_path_with_any_characters(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = empty_folder / HOSTILE / LONG
    project.mkdir(parents=True)
    monkeypatch.chdir(empty_folder)
    try:
        url = prepare(project, with_embedded=True).url
        monkeypatch.delenv("DATABASE_URL")
        assert stored_url(project) == url
        assert ask(url, "select count(*) from taskwho.runs") == 0
        assert embedded.stop(project)
        assert require_database(project) == url
        assert not list(empty_folder.rglob("ran"))
    finally:
        end_server(project)


def test_a_moved_project_finds_its_own_again(
    folder: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = embedded.start(folder)
    note(url, "before")
    embedded.stop(folder)
    folder.rename(elsewhere)
    monkeypatch.setenv("DATABASE_URL", url)
    moved = require_database(elsewhere)
    assert moved != url
    assert notes(moved) == ["before"]


def test_a_copy_starts_its_own_and_leaves_the_original_alone(folder: Path, elsewhere: Path) -> None:
    (folder / ".env").write_text(f"DATABASE_URL='{embedded.start(folder)}'\n")
    embedded.stop(folder)
    copy(folder, elsewhere, "-r")
    original = embedded.start(folder)
    copied = require_database(elsewhere)
    note(copied, "in the copy")
    note(original, "in the original")
    assert notes(copied) == ["in the copy"]
    assert embedded.stop(elsewhere)
    assert not embedded.stop(elsewhere)
    assert notes(original) == ["in the original"]


def test_a_copy_made_while_it_ran_is_refused_and_leaves_the_original_alone(
    folder: Path, elsewhere: Path
) -> None:
    url = embedded.start(folder)
    copy(folder, elsewhere)
    assert not embedded.stop(elsewhere)
    with pytest.raises(TaskwhoError) as raised:
        embedded.start(elsewhere)
    assert raised.value.problem is EMBEDDED_COPIED_WHILE_IT_RAN
    assert str(Layout.of(elsewhere).home) in raised.value.message
    note(url, "in the original")


def test_a_database_beside_the_first_one_is_kept_when_the_server_is_started_again(
    folder: Path,
) -> None:
    url = embedded.start(folder)
    mine = url.replace("/postgres?", "/template1?", 1)
    (folder / ".env").write_text(f"DATABASE_URL='{mine}'\n")
    embedded.stop(folder)
    assert require_database(folder) == mine
    assert stored_url(folder) == mine
    assert ask(mine, "select current_database()") == "template1"


@pytest.mark.parametrize("with_embedded", [False, True])
def test_a_database_of_the_environment_never_gets_into_the_env_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, with_embedded: bool
) -> None:
    url = embedded.start(folder)
    stored = f"DATABASE_URL='{url}'\n"
    (folder / ".env").write_text(stored)
    other = url.replace("/postgres?", "/template1?", 1)
    # the same server, as a person may write it
    monkeypatch.setenv("DATABASE_URL", f"{other}&connect_timeout=9")
    assert prepare(folder, with_embedded=with_embedded).url == other
    assert (folder / ".env").read_text() == stored


def test_taskwho_home_holds_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKWHO_HOME", str(folder / ".taskwho"))
    url = embedded.start(folder / "a project elsewhere")
    assert f"{folder}/.taskwho/postgres" in url
    assert embedded.stop(folder / "a project elsewhere")


def test_programs_are_copied_where_the_account_or_a_shell_cannot_take_them_from_their_place(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = programs._wheel()
    closed = empty_folder / "$(touch ran)"
    closed.mkdir(mode=0o700)
    for part in (wheel / programs._INSTALLATION, wheel.with_name(f"{wheel.name}.libs")):
        copytree(part, closed / part.relative_to(wheel.parent))
    monkeypatch.chdir(empty_folder)
    monkeypatch.delitem(sys.modules, wheel.name, raising=False)
    monkeypatch.syspath_prepend(closed)
    (closed / wheel.name / "__init__.py").touch()

    assert ask(embedded.start(empty_folder), "select 1") == 1
    [copied] = outside.folders(Layout.of(empty_folder).home, outside.PROGRAMS)
    embedded.stop(empty_folder)
    assert not copied.exists()
    assert not list(empty_folder.rglob("ran"))
