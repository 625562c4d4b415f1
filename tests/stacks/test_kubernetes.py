"""The example for Kubernetes: its schema, and what each pod of the Job runs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest
import yaml

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.engines import EXAMPLES, machine
from tests.support.stacks import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=2_000) as org:
        yield org


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
    pod = machine(tmp_path, environment("pair", "taskwho[sync]"), org, database_url)
    job = yaml.safe_load((EXAMPLES / "kubernetes" / "first-load.yaml").read_text())["spec"]
    (container,) = job["template"]["spec"]["containers"]

    pod.run("taskwho", "sync", "--streams", "users,contacts,tasks")
    pod.run("taskwho", "shards", str(job["completions"]))
    for index in range(job["completions"]):
        one = pod.but(JOB_COMPLETION_INDEX=str(index))
        one.run(*container["command"], *container["args"])
    pod.run("taskwho", "post-load")
    pod.run("taskwho", "shards", "--done")
    assert_equal_to_the_org(org, database_url)
    with psycopg.connect(database_url) as connection:
        done = connection.execute("select count(*) from taskwho.shards where done_at is not null")
        assert done.fetchall() == [(job["completions"],)]
