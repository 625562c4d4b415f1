"""What runs write is closed to other accounts of the machine, whoever runs them."""

from __future__ import annotations

import os
import pwd
import sys
from typing import TYPE_CHECKING

import pytest
import taskwho
from taskwho.pipeline.prepare import prepare

from tests.sandbox import Sandbox
from tests.support.embedded.accounts import IS_ROOT, run_as
from tests.support.embedded.projects import end_server, folder_of
from tests.support.sync_command import filled_project
from tests.support.sync_command import taskwho as run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OWNER, ANOTHER = "nobody", "daemon"
WRITTEN = (".env", ".taskwho", ".meltano/run", "reports")
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can become another account")


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=300) as org:
        yield org


@needs_root
def test_another_account_reaches_nothing_that_runs_of_root_wrote(
    org: Sandbox, database_url: str
) -> None:
    with folder_of() as folder:
        folder.chmod(0o755)
        project = filled_project(folder, org, database_url)
        project.variables["TASKWHO_MAX_RECORDS"] = "5"  # so that files of records are written
        assert project.meltano("run", "sync").code == 0
        assert run(project, "sync", "--mode", "full").code == 0
        assert {"logs", "batches"} <= {path.name for path in (folder / ".taskwho").iterdir()}
        assert list((folder / "reports").glob("*.jsonl.gz"))
        assert reached(folder) == []


@needs_root
def test_another_account_reaches_nothing_that_runs_of_its_neighbour_wrote(
    org: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = pwd.getpwnam(OWNER).pw_uid
    if not run_as(OWNER, lambda: os.access(sys.executable, os.X_OK)):
        pytest.skip("this checkout is closed to other accounts")
    with folder_of(uid) as folder:
        folder.chmod(0o755)

        def synced() -> int:
            monkeypatch.chdir(folder)
            url = prepare(folder, with_embedded=True).url
            settings = {**org.settings(), "lag_seconds": 0}
            result = taskwho.sync(database_url=url, salesforce=settings, parents=True)
            return result.counts.retrieved

        assert run_as(OWNER, synced) > 0
        assert reached(folder) == []
        run_as(OWNER, lambda: end_server(folder))


def reached(folder: Path) -> list[Path]:
    """What another account may read, write or enter of what runs write."""
    roots = [folder / name for name in WRITTEN if (folder / name).exists()]
    assert len(roots) > 1
    files = [path for root in roots for path in (root, *root.rglob("*")) if not path.is_symlink()]
    # the folder itself is the user's, and made as their other folders are
    files.remove(folder / "reports")
    return run_as(ANOTHER, lambda: [path for path in files if is_reached(path)])


def is_reached(path: Path) -> bool:
    try:
        return any(os.access(path, how) for how in (os.R_OK, os.W_OK))
    except PermissionError:
        return False
