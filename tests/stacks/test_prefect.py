"""The example for Prefect, run by a Prefect server that the test starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.engines import EXAMPLES, NO_DATABASE, Machine, machine, wait_for
from tests.support.stacks import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=2_000) as org:
        yield org


@pytest.fixture
def prefect(org: Sandbox, database_url: str, tmp_path: Path) -> Machine:
    commands = environment("prefect", "--only-binary=:all:", "prefect>=3", "taskwho[sync]")
    settings = {
        "DO_NOT_TRACK": "1",
        "NO_PROXY": "127.0.0.1",
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(EXAMPLES / "prefect"),
    }
    return machine(tmp_path, commands, org, database_url, **settings)


def flow(name: str) -> tuple[str, str, str]:
    """The command that runs a flow."""
    return "python", "-c", f"import flows; flows.{name}()"


def test_the_task_runner_loads_the_shards_and_goes_on(
    prefect: Machine, org: Sandbox, database_url: str
) -> None:
    prefect.run(*flow("first_load"))
    assert_equal_to_the_org(org, database_url)
    org.advance_clock(3_600)
    org.update(20)
    org.soft_delete(10)
    org.advance_clock(120)
    prefect.run(*flow("hourly"))
    assert_equal_to_the_org(org, database_url)


def test_what_a_person_has_to_change_is_not_tried_again(prefect: Machine) -> None:
    wrong = prefect.but(TAP_SALESFORCE_TASKWHO_CLIENT_SECRET="not-the-secret")
    said = wrong.run(*flow("hourly"), code=1)
    assert "client_secret does not belong to client_id" in said
    assert "Retry 1/3" not in said


def test_a_database_that_is_away_is_tried_again(prefect: Machine) -> None:
    with prefect.but(DATABASE_URL=NO_DATABASE).running(*flow("hourly")) as log:
        assert wait_for(log, "Retry 1/3", "Finished in state Failed") == "Retry 1/3"
