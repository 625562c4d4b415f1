"""Another account of the machine reaches neither the database nor what taskwho wrote."""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo
from taskwho.database import embedded
from taskwho.database.embedded.layout import Layout
from taskwho.pipeline.prepare import prepare

from tests.support.accounts import IS_ROOT, run_as
from tests.support.embedded_projects import ask, end_server, folder_of, postmaster_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = "/".join("p" * 60 for _ in range(3))
# run by root, or as by anybody else
OWNERS = [None, "nobody"] if IS_ROOT else [None]
ANOTHER = "daemon"
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can become another account")


@pytest.fixture(params=OWNERS, ids=lambda owner: owner or "this account")
def owner(request: pytest.FixtureRequest) -> str | None:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=["short", LONG], ids=["short path", "long path"])
def project(request: pytest.FixtureRequest, owner: str | None) -> Iterator[Path]:
    """A project's folder that everybody may enter, as most are."""
    with folder_of(pwd.getpwnam(owner).pw_uid if owner else None) as outer:
        outer.chmod(0o755)
        folder = outer / request.param
        run_as(owner, lambda: folder.mkdir(parents=True))
        yield folder
        run_as(owner, lambda: end_server(folder))


@needs_root
def test_another_account_reaches_neither_socket_nor_data_nor_url(
    project: Path, owner: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    above = {path: describe(path) for path in project.parents}
    url = run_as(owner, lambda: prepare(project, with_embedded=True).url)
    assert ask(url, "select 1") == 1
    # nothing outside of its own folder changed
    assert {path: describe(path) for path in project.parents} == above

    assert url in (project / ".env").read_text()
    written = [project / ".env", *(project / ".taskwho").rglob("*")]
    assert len(written) > 1000
    assert run_as(ANOTHER, lambda: [path for path in written if is_reached(path)]) == []
    with pytest.raises(AssertionError, match="Permission denied"):
        run_as(ANOTHER, lambda: psycopg.connect(url))
    socket = Path(str(conninfo.conninfo_to_dict(url)["host"])) / ".s.PGSQL.5432"
    for path in (socket, socket.resolve()):
        assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700


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
