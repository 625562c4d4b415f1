"""The folder of a run: for its owner alone, and gone with it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from taskwho.model.errors import Misconfigured
from taskwho.pipeline.plugins.run_folder import RunFolder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_its_owner_alone_reads_it_and_it_is_gone_at_the_end(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    with RunFolder(home, "run") as folder:
        file = Path(folder.write("tap.json", {"client_secret": "s3cret"}))
        assert json.loads(file.read_text()) == {"client_secret": "s3cret"}
        assert (mode(file), mode(file.parent), mode(home)) == (0o600, 0o700, 0o700)
        (folder.path / "batches").mkdir()
        (folder.path / "batches" / "page.csv").touch()
    assert list((home / "runs").iterdir()) == []


def test_it_is_gone_after_a_failure_too(tmp_path: Path) -> None:
    with pytest.raises(KeyError), RunFolder(tmp_path, "run"):
        raise KeyError
    assert list((tmp_path / "runs").iterdir()) == []


def test_the_folder_of_a_killed_run_is_removed_and_that_of_a_living_one_is_not(
    tmp_path: Path,
) -> None:
    dead = tmp_path / "runs" / "dead"
    dead.mkdir(parents=True)
    (dead / "loader.json").touch()
    with RunFolder(tmp_path, "alive") as alive, RunFolder(tmp_path, "next") as after:
        assert sorted(p.name for p in (tmp_path / "runs").iterdir()) == ["alive", "next"]
        assert alive.path != after.path


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Misconfigured, match="TASKWHO_HOME"), RunFolder(tmp_path / "home", "run"):
        raise AssertionError


def test_a_home_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(Misconfigured) as raised, RunFolder(tmp_path / "home", "run"):
        raise AssertionError
    assert raised.value.message == (
        f"The folder {tmp_path / 'home'} cannot be written: File exists. A run keeps its batch "
        "files and its log there. Make it writable, or set TASKWHO_HOME to a folder that is. "
        "Nothing was read."
    )
