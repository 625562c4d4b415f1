"""The dbt package: parsed, its freshness and its tests run against what a run has written."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest
import taskwho

from tests.e2e.api.test_places import arguments
from tests.sandbox import Sandbox
from tests.support.checkout import ROOT
from tests.support.stacks import environment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(database_url: str, tmp_path: Path) -> Path:
    """A copy of the package, with a profile for a database that a run has filled."""
    with Sandbox(rows=300) as org:
        given = arguments(org, database_url, tmp_path)
        assert taskwho.sync(**given).status == "ok"
    folder = tmp_path / "dbt"
    shutil.copytree(ROOT / "transforms" / "dbt", folder)
    with psycopg.connect(database_url) as connection:
        info = connection.info
        target = {
            "type": "postgres",
            "host": info.host,
            "port": info.port,
            "user": info.user,
            "password": info.password,
            "dbname": info.dbname,
            "schema": "dbt",
        }
    profiles = {"taskwho": {"target": "test", "outputs": {"test": target}}}
    (folder / "profiles.yml").write_text(json.dumps(profiles))
    return folder


def test_the_sources_are_parsed_fresh_and_pass_their_tests(project: Path) -> None:
    dbt = environment("dbt", "--only-binary=:all:", "dbt-core>=1.10.5", "dbt-postgres") / "dbt"
    for words in (["parse"], ["source", "freshness"], ["test"]):
        done = subprocess.run(
            [dbt, "--warn-error", "--no-use-colors", *words],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    results = json.loads((project / "target" / "run_results.json").read_text())["results"]
    assert len(results) > 20
    assert {result["status"] for result in results} == {"pass"}
