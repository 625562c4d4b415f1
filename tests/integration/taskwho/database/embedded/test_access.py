"""Another account of the machine reaches neither the database nor what taskwho wrote."""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo
from taskwho.database import embedded
from taskwho.database.embedded.layout import Layout
from taskwho.pipeline.prepare import prepare

from tests.support.embedded.accounts import IS_ROOT, run_as
from tests.support.embedded.projects import ask, end_server, folder_of, postmaster_of

LONG = "p" * 120
ANOTHER = "daemon"
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can become another account")


@needs_root
@pytest.mark.parametrize("owner", [None, "nobody"], ids=["run by root", "run by another"])
def test_another_account_reaches_nothing_in_a_short_or_a_long_path(
    owner: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with folder_of(pwd.getpwnam(owner).pw_uid if owner else None) as outer:
        outer.chmod(0o755)  # as most folders of projects are
        project = outer / "short"
        run_as(owner, project.mkdir)
        assert_closed(project, owner)
        run_as(owner, lambda: embedded.stop(project))
        project = project.rename(outer / LONG)
        assert_closed(project, owner)
        run_as(owner, lambda: end_server(project))


def assert_closed(project: Path, owner: str | None) -> None:
    above = {path: describe(path) for path in (project, *project.parents)}
    url = run_as(owner, lambda: prepare(project, with_embedded=True).url)
    assert ask(url, "select 1") == 1
    assert {path: describe(path) for path in (project, *project.parents)} == above

    assert url in (project / ".env").read_text()
    written = [project / ".env", *(project / ".taskwho").rglob("*")]
    assert len(written) > 1000
    assert run_as(ANOTHER, lambda: [path for path in written if is_reached(path)]) == []
    with pytest.raises(AssertionError, match="Permission denied"):
        run_as(ANOTHER, lambda: psycopg.connect(url))
    socket = Path(str(conninfo.conninfo_to_dict(url)["host"])) / ".s.PGSQL.5432"
    for path in (socket, socket.parent.parent, socket.resolve().parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


@needs_root
def test_run_by_root_it_belongs_to_a_number_without_account_and_without_groups(
    folder: Path,
) -> None:
    embedded.start(folder)
    server = Path(f"/proc/{postmaster_of(folder)}")
    facts = dict(line.split(":", 1) for line in (server / "status").read_text().splitlines())
    [number] = set(facts["Uid"].split())
    assert facts["Gid"].split() == [number] * 4
    assert facts["Groups"].split() == []
    with pytest.raises(KeyError):
        pwd.getpwuid(int(number))
    layout = Layout.of(folder)
    assert layout.data.stat().st_uid == int(number)
    assert layout.home.stat().st_uid == layout.password.stat().st_uid == 0


def describe(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mode, found.st_uid, found.st_gid


def is_reached(path: Path) -> bool:
    """Whether this process may read, write or enter it."""
    try:
        return any(os.access(path, how) for how in (os.R_OK, os.W_OK, os.X_OK))
    except PermissionError:
        return False
