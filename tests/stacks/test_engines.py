"""The examples of engines, run by the engine's own commands."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest
import yaml

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.seed_tables import load_parents
from tests.support.stacks import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLES = ROOT / "examples"
SHARDS = 4
SECONDS_TO_END = 300


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=2_000) as org:
        yield org


def variables(org: Sandbox, url: str, folder: Path) -> dict[str, str]:
    """The environment of a machine that runs the example."""
    settings = {**org.settings(), "page_size": 200}
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATABASE_URL": url,
        "TASKWHO_REPORTS_DIR": str(folder / "reports"),
        **{f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in settings.items()},
    }


def test_dagster_loads_in_partitions_side_by_side_and_goes_on(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    commands = environment("dagster", "--only-binary=:all:", "dagster", "taskwho[sync]")
    load_parents(database_url, org)
    environ = variables(org, database_url, tmp_path) | {
        "DAGSTER_HOME": str(tmp_path),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }

    def materialize(asset: str, *more: str) -> subprocess.Popen[str]:
        file = EXAMPLES / "dagster" / "definitions.py"
        return subprocess.Popen(
            [commands / "dagster", "asset", "materialize", "-f", file, "--select", asset, *more],
            cwd=tmp_path,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def end(*processes: subprocess.Popen[str]) -> None:
        for process in processes:
            output, _ = process.communicate(timeout=SECONDS_TO_END)
            assert process.returncode == 0, output

    end(materialize("shard_plan"))
    partitions = [f"{number}-of-{SHARDS}" for number in range(1, SHARDS + 1)]
    end(*(materialize("landed_shard", "--partition", name) for name in partitions))
    end(materialize("first_load"))
    assert_equal_to_the_org(org, database_url)
    org.advance_clock(3_600)
    org.update(20)
    org.soft_delete(10)
    org.advance_clock(120)
    end(materialize("relations"))
    assert_equal_to_the_org(org, database_url)


def test_kubernetes_accepts_the_job() -> None:
    commands = environment("kubernetes", "kubernetes-validate")
    for file in sorted((EXAMPLES / "kubernetes").glob("*.yaml")):
        done = subprocess.run(
            [commands / "kubernetes-validate", "--strict", file],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_each_pod_of_the_job_reads_its_shard(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    commands = environment("pair", "taskwho[sync]")
    load_parents(database_url, org)
    job = yaml.safe_load((EXAMPLES / "kubernetes" / "first-load.yaml").read_text())["spec"]
    (container,) = job["template"]["spec"]["containers"]
    environ = variables(org, database_url, tmp_path)
    environ["PATH"] = f"{commands}:{environ['PATH']}"

    def run(*words: str, **more: str) -> None:
        done = subprocess.run(
            [*words], cwd=tmp_path, env=environ | more, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("taskwho", "shards", str(job["completions"]))
    for index in range(job["completions"]):
        run(*container["command"], *container["args"], JOB_COMPLETION_INDEX=str(index))
    run("taskwho", "post-load")
    run("taskwho", "shards", "--done")
    assert_equal_to_the_org(org, database_url)
    with psycopg.connect(database_url) as connection:
        done = connection.execute("select count(*) from taskwho.shards where done_at is not null")
        assert done.fetchall() == [(job["completions"],)]
