"""What ends a sync before its promotion, word for word."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.pipeline.meltano_run import meltano
from taskwho.pipeline.sync import name_errors
from taskwho.pipeline.sync_lock import single_sync
from taskwho.pipeline.sync_log import SyncLog

LOG = Path("/p/.taskwho/sync.log")
GOES_ON = "The next run goes on from the last state."


def test_a_second_sync_of_a_project_is_refused(tmp_path: Path) -> None:
    with single_sync(tmp_path), pytest.raises(TaskwhoError) as refused, single_sync(tmp_path):
        pass
    assert refused.value.exit_code == 1
    assert refused.value.message == (
        "Another `taskwho sync` is running in this project. Wait for it to end, or stop it with "
        "Ctrl-C where it runs. Nothing was changed."
    )


def test_without_meltano_the_message_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(TaskwhoError) as refused:
        meltano()
    assert refused.value.exit_code == 2
    assert refused.value.message == (
        "The command `meltano` is not installed. `taskwho sync` and `taskwho doctor` run the tap "
        "and the loader through Meltano. Run `make install` in this project, or `pip install "
        "'meltano>=4.4'` beside taskwho."
    )


def test_a_killed_plugin_has_an_error_too() -> None:
    log = SyncLog(tap_exit_code=-9, loader_exit_code=1, loader_error="The disk is full.")
    name_errors(log, 1, LOG)
    assert log.tap_error == (
        "The tap ended with exit code -9 and gave no reason. A killed process ends like this. Run "
        f"again. The log is {LOG}. {GOES_ON}"
    )
    assert log.loader_error == "The disk is full."


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("Plugin not found.\nHelp: install it.", "Plugin not found. Help: install it."),
        (None, "it ended with exit code 7 and gave no reason."),
    ],
)
def test_a_meltano_that_could_not_run_the_pair_has_an_error(error: str | None, told: str) -> None:
    log = SyncLog(meltano_error=error)
    name_errors(log, 7, LOG)
    assert log.tap_exit_code == 1
    assert log.tap_error == (
        f"Meltano could not run the tap and the loader: {told} Fix what Meltano names and run "
        f"again. If a process was killed, just run again. The log is {LOG}. {GOES_ON}"
    )
