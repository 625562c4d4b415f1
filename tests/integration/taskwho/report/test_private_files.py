"""What a run writes is its owner's alone, whatever the umask, for root too."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from taskwho.model.atomic_file import write_atomically
from taskwho.model.private_files import make_private, open_private
from taskwho.model.redaction import Redactor
from taskwho.pipeline import meltano_files
from taskwho.pipeline.plugins.log import ChildLog
from taskwho.pipeline.plugins.run_folder import RunFolder
from taskwho.pipeline.promote_and_report import promote_and_report

from tests.support import seed
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings


@pytest.fixture(params=[0, 0o022, 0o077, 0o277], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> set[str]:
    """Those of a folder and all that it holds."""
    return {stat.filemode(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


@pytest.mark.usefixtures("umask")
def test_reports_and_files_of_records(url: str, settings: PostLoadSettings) -> None:
    bad = [relation(number, TaskId=seed.task(9)) for number in range(1, 4)]
    seed.land(url, [*bad, *(relation(number) for number in range(4, 8))])
    deep = settings.reports_dir / "new" / "reports"
    result = promote_and_report(url, replace(settings, reports_dir=deep, max_records=1))
    assert result.record_files.failed
    assert len(list(deep.iterdir())) == 10
    assert modes(deep.parent) == {"drwx------", "-rw-------"}


@pytest.mark.usefixtures("umask")
def test_settings_logs_and_the_rest(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with RunFolder(home, "run") as folder, ChildLog(home, "run", Redactor([])):
        folder.write("tap.json", {})
        write_atomically(home / "crash.log", "")
        open_private(home / "more").close()
        assert modes(home) == {"drwx------", "-rw-------"}


@pytest.mark.usefixtures("umask")
def test_folders_that_meltano_and_the_plugins_write_to(tmp_path: Path) -> None:
    (tmp_path / "meltano.yml").touch()
    make_private(tmp_path / ".meltano" / "run").chmod(0o755)
    for _ in range(2):
        meltano_files.tidy(tmp_path)
        meltano_files.close_batches(tmp_path)
        assert (
            modes(tmp_path / ".taskwho") == modes(tmp_path / ".meltano" / "run") == {"drwx------"}
        )
