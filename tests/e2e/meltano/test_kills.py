"""A `meltano run sync` of which a process is killed: the next one loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.observing import HAS_LANDED, is_seen, plugin, wait_for
from tests.support.sync_command import filled_project

if TYPE_CHECKING:
    from pathlib import Path

SLOW = {"TAP_SALESFORCE_TASKWHO_PAGE_SIZE": "200", "TAP_SALESFORCE_TASKWHO_CONCURRENCY": "1"}


@pytest.mark.parametrize("victim", ["tap-salesforce-taskwho", "target-postgres-taskwho", "meltano"])
def test_after_a_kill_the_next_run_brings_the_rest(
    tmp_path: Path, database_url: str, victim: str
) -> None:
    with Sandbox(rows=1_800, latency_ms=300) as org:
        project = filled_project(tmp_path, org, database_url)
        meltano = subprocess.Popen(
            project.command("run", "sync"),
            cwd=project.folder,
            env={**project.variables, **SLOW},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for(lambda: is_seen(database_url, HAS_LANDED), "rows that land")
        found = meltano.pid if victim == "meltano" else plugin(meltano.pid, victim)
        assert found is not None
        os.kill(found if isinstance(found, int) else found.pid, signal.SIGKILL)
        assert meltano.wait() != 0
        org.latency_ms = 0
        # a job whose Meltano was killed counts as running for some minutes
        rest = project.meltano("run", "--force", "sync")
        assert rest.code == 0, rest.output
        assert_equal_to_the_org(org, database_url)
