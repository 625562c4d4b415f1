"""Other people's Meltano projects: by `meltano add --from-ref`, and by the snippets of READMEs."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT, clean_environment
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.pages import blocks
from tests.support.seed_tables import load_parents
from tests.support.stacks import FOLDERS, environment, wheel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLUGINS = {
    "tap-salesforce-taskwho": "tap-salesforce-taskwho",
    "target-postgres": "target-postgres-taskwho",
    "taskwho": "transforms",
}
BLOCKS = ("taskwho:prepare", "tap-salesforce-taskwho", "target-postgres", "taskwho:post-load")
PROJECT = """
send_anonymous_usage_stats: false
default_environment: dev
environments: [{name: dev}]
"""
BACKEND = "state_backend: {uri: taskwho://bookmarks}\n"


@dataclass
class Project:
    """A project that has nothing of this checkout but wheels."""

    folder: Path
    org: Sandbox
    variables: dict[str, str] = field(default_factory=dict)

    def write(self, *parts: str) -> None:
        """Make its meltano.yml."""
        (self.folder / "meltano.yml").write_text(PROJECT + "".join(parts))

    def run(self, *words: str | Path) -> str:
        """Run `meltano`, which has the state backend beside it; its standard output."""
        settings = {**self.org.settings(), "lag_seconds": 0}
        done = subprocess.run(
            [str(environment("meltano", "meltano~=4.4", "taskwho") / "meltano"), *map(str, words)],
            cwd=self.folder,
            env={
                **clean_environment(),
                "UV_SYSTEM_CERTS": "true",  # networks with a certificate authority of their own
                **{f"{tool}_FIND_LINKS": str(self.wheels) for tool in ("UV", "PIP")},
                **{f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in settings.items()},
                **self.variables,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def wheels(self) -> Path:
        """Where pip finds the distributions of this project."""
        place = self.folder / "wheels"
        if not place.exists():
            place.mkdir()
            for distribution in FOLDERS:
                shutil.copy(wheel(distribution), place)
        return place


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=500) as org:
        yield org


def check_two_runs(project: Project, url: str, *run: str) -> None:
    """The first run reads everything, the second one what has changed."""
    load_parents(url, project.org)
    project.variables["DATABASE_URL"] = url
    project.run("run", *run)
    assert_equal_to_the_org(project.org, url)
    project.org.advance_clock(3_600)
    project.org.insert(30)
    project.org.advance_clock(120)  # past the lag
    before = len(project.org.queries())
    project.run("run", *run)
    queries = project.org.queries()[before:]
    assert all("SystemModstamp >=" in str(query.soql) for query in queries)
    assert_equal_to_the_org(project.org, url)


def test_meltano_add_takes_the_three_definitions(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, org)
    project.write(BACKEND)
    for name, folder in PLUGINS.items():
        project.run("add", name, "--from-ref", ROOT / folder / "plugin.yml")
    plugins = yaml.safe_load((tmp_path / "meltano.yml").read_text())["plugins"]
    added = {kind: [plugin["name"] for plugin in found] for kind, found in plugins.items()}
    assert added == {
        kind: [name]
        for kind, name in zip(("extractors", "loaders", "utilities"), PLUGINS, strict=True)
    }
    project.variables |= {
        "TAP_SALESFORCE_TASKWHO__SELECT": json.dumps(["task_who_relations.*", "sync_batches.*"]),
        "TARGET_POSTGRES_SQLALCHEMY_URL": database_url,
        "TARGET_POSTGRES_DEFAULT_TARGET_SCHEMA": "taskwho",
    }
    check_two_runs(project, database_url, *BLOCKS)


def snippet(page: str) -> str:
    """Give the snippet of a page that has plugins."""
    [found] = [each.text for each in blocks(ROOT / page, "yaml") if "plugins:" in each.text]
    return found


def test_the_snippet_of_the_readme_is_complete(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, org)
    project.write(snippet("README.md"))
    project.run("install")
    check_two_runs(project, database_url, "taskwho")


def test_the_snippet_of_the_tap_s_readme_is_complete(org: Sandbox, tmp_path: Path) -> None:
    project = Project(tmp_path, org)
    project.write(snippet("tap-salesforce-taskwho/README.md"))
    project.run("install")
    lines = project.run("invoke", "tap-salesforce-taskwho").splitlines()
    messages: list[dict[str, Any]] = [json.loads(line) for line in lines if line.startswith("{")]
    found = sorted(each["record"]["Id"] for each in messages if each["type"] == "RECORD")
    assert found == org.relation_ids()
