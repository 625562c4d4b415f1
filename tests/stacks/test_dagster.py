"""The example for Dagster, run by its own commands: each run has processes of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.engines import EXAMPLES, NO_DATABASE, SHARDS, Machine, machine, wait_for
from tests.support.postgresql import query
from tests.support.stacks import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLE = EXAMPLES / "dagster" / "definitions.py"
# the job of the schedule
JOB = """
import sys
sys.path.insert(0, sys.argv[1])
import definitions
print(definitions.definitions.resolve_schedule_def("hourly_schedule").job_name)
"""


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=2_000) as org:
        yield org


@pytest.fixture
def dagster(org: Sandbox, database_url: str, tmp_path: Path) -> Machine:
    commands = environment("dagster", "--only-binary=:all:", "dagster", "taskwho[sync]")
    home = {"DAGSTER_HOME": str(tmp_path), "DAGSTER_DISABLE_TELEMETRY": "yes"}
    (tmp_path / "dagster.yaml").touch()
    return machine(tmp_path, commands, org, database_url, **home)


def materialize(dagster: Machine, asset: str, *more: str) -> None:
    dagster.run("dagster", "asset", "materialize", "-f", EXAMPLE, "--select", asset, *more)


def execute(dagster: Machine, job: str, code: int = 0) -> str:
    return dagster.run("dagster", "job", "execute", "-f", EXAMPLE, "-j", job, code=code)


def test_the_partitions_land_side_by_side_and_the_schedule_goes_on(
    dagster: Machine, org: Sandbox, database_url: str
) -> None:
    materialize(dagster, "parents,shard_plan")
    names = [f"{number}-of-{SHARDS}" for number in range(1, SHARDS + 1)]
    with ThreadPoolExecutor(SHARDS) as side_by_side:
        list(side_by_side.map(partial(materialize, dagster, "landed_shard", "--partition"), names))
    materialize(dagster, "first_load")
    assert_equal_to_the_org(org, database_url)

    org.advance_clock(3_600)
    org.update(20)
    org.soft_delete(10)
    org.advance_clock(120)
    job = dagster.run("python", "-c", JOB, EXAMPLE.parent).strip()
    said = execute(dagster, job)
    assert "Executing steps using multiprocess executor" in said
    assert "Asset check 'equals_salesforce' on 'relations' passed" in said
    assert_equal_to_the_org(org, database_url)

    query(database_url, "update sf_taskwhorelations set type = 'Lead' where not is_deleted")
    said = execute(dagster, job)
    assert "Asset check 'equals_salesforce' on 'relations' did not pass" in said


def test_what_a_person_has_to_change_is_not_tried_again(dagster: Machine) -> None:
    wrong = dagster.but(TAP_SALESFORCE_TASKWHO_CLIENT_SECRET="not-the-secret")
    said = execute(wrong, "hourly", code=1)
    assert "client_secret does not belong to client_id" in said
    assert "STEP_UP_FOR_RETRY" not in said


def test_a_database_that_is_away_is_tried_again(dagster: Machine) -> None:
    away = dagster.but(DATABASE_URL=NO_DATABASE)
    with away.running("dagster", "job", "execute", "-f", EXAMPLE, "-j", "hourly") as log:
        assert wait_for(log, "STEP_UP_FOR_RETRY", "RUN_FAILURE") == "STEP_UP_FOR_RETRY"
