"""The example for Airflow, run by its scheduler and its LocalExecutor."""

from __future__ import annotations

import socket
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import requests
from psycopg import sql

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.engines import EXAMPLES, SECONDS_TO_END, SHARDS, Machine, machine
from tests.support.postgresql import Server, database_of, query
from tests.support.stacks import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# no process of Airflow gives up on another one where the machine is slow
PATIENT = {
    "AIRFLOW__API_AUTH__JWT_CLI_EXPIRATION_TIME": "7200",
    "AIRFLOW__API_AUTH__JWT_EXPIRATION_TIME": "7200",
    "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "600",
    "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "600",
    "AIRFLOW__EXECUTION_API__JWT_EXPIRATION_TIME": "7200",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "3600",
}


class Airflow:
    """A running Airflow, by its API."""

    def __init__(self, port: int, log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log = log
        self.session = requests.Session()

    def wait(self) -> None:
        """Wait until it has read the example."""
        end = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < end:
            try:
                token = self.ask("GET", "/auth/token")["access_token"]
                self.session.headers["Authorization"] = f"Bearer {token}"
                if len(self.ask("GET", "/api/v2/dags")["dags"]) > 1:
                    return
            except requests.RequestException:
                pass
            time.sleep(2)
        raise AssertionError(self.log.read_text())

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a request, and give what the answer holds."""
        answer = self.session.request(method, f"{self.url}{path}", json=body, timeout=300)
        answer.raise_for_status()
        answered: dict[str, Any] = answer.json()
        return answered

    def run(self, dag: str) -> dict[str, list[str]]:
        """Run a DAG until a task ends or waits for a retry; give the states of each task."""
        self.ask("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})
        runs = f"/api/v2/dags/{dag}/dagRuns"
        run = f"{runs}/{self.ask('POST', runs, {'logical_date': None})['dag_run_id']}"
        end = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < end:
            time.sleep(1)
            found = self.ask("GET", f"{run}/taskInstances")["task_instances"]
            states: dict[str, list[str]] = {}
            for task in found:
                states.setdefault(task["task_id"], []).append(task["state"])
            if any("up_for_retry" in each for each in states.values()):
                self.ask("PATCH", run, {"state": "failed"})
                return states
            if self.ask("GET", run)["state"] in {"success", "failed"}:
                return states
        raise AssertionError(self.log.read_text())


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=2_000) as org:
        yield org


@pytest.fixture
def airflow(org: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Airflow]:
    commands = environment("airflow", "--only-binary=:all:", "apache-airflow>=3", "taskwho[sync]")
    port = free_port()
    settings = {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__CORE__DAGS_FOLDER": str(EXAMPLES / "airflow"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "NO_PROXY": "127.0.0.1,localhost",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TASKWHO_HOME": str(tmp_path / "taskwho"),
    }
    workers: Machine = machine(tmp_path, commands, org, database_url, **settings, **PATIENT)
    with workers.running("airflow", "standalone") as log:
        started = Airflow(port, log)
        started.wait()
        yield started
    for file in (tmp_path / "logs").rglob("attempt=*.log"):  # shown where the test fails
        sys.stdout.write(f"{file.relative_to(tmp_path)}\n{file.read_text()[-5_000:]}\n")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def test_the_executor_loads_the_shards_and_goes_on(
    airflow: Airflow, org: Sandbox, database_url: str, postgres: Server
) -> None:
    assert airflow.run("taskwho_first_load") == {
        "parents": ["success"],
        "plan": ["success"],
        "land": ["success"] * SHARDS,
        "promote": ["success"],
    }
    assert_equal_to_the_org(org, database_url)

    org.advance_clock(3_600)
    org.update(20)
    org.soft_delete(10)
    org.advance_clock(120)
    assert airflow.run("taskwho_hourly") == {"sync": ["success"], "verify": ["success"]}
    assert_equal_to_the_org(org, database_url)

    query(database_url, "update sf_taskwhorelations set type = 'Lead' where not is_deleted")
    assert airflow.run("taskwho_hourly") == {"sync": ["success"], "verify": ["failed"]}

    # Airflow retries where the fault may pass. It does not where a person has to change something,
    # or where the run has used its share of the API calls.
    with no_connections(postgres, database_url):
        assert airflow.run("taskwho_hourly")["sync"] == ["up_for_retry"]
    org.api_used = org.api_max
    assert airflow.run("taskwho_hourly")["sync"] == ["failed"]
    org.api_used = 0
    org.login.client_secret = "another"
    assert airflow.run("taskwho_hourly")["sync"] == ["failed"]


@contextmanager
def no_connections(postgres: Server, url: str) -> Iterator[None]:
    """Let nobody connect to a database, as where its server restarts."""
    statement = sql.SQL("alter database {} allow_connections {}")
    name = sql.Identifier(database_of(url))
    postgres.execute(statement.format(name, sql.SQL("false")))
    try:
        yield
    finally:
        postgres.execute(statement.format(name, sql.SQL("true")))
