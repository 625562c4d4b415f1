"""A database holds one org: a login to another one changes no table, whatever way it runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.postgresql import query
from tests.support.sync_command import filled_project, last_line, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.meltano_project import Project

OTHER = "00DZz0000000002MAA"
# another environment has a state of its own, which is empty
ELSEWHERE = {"MELTANO_ENVIRONMENT": "prod"}


@contextmanager
def at_another_org(project: Project, own: Sandbox) -> Iterator[Sandbox]:
    """Another org with rows of its own, which the project logs in to meanwhile."""
    with Sandbox(rows=100, seed=2, orphans=0, leads=0, lost=0) as other:
        other.login.org_id = OTHER
        project.use(other)
        yield other
    project.use(own)


@pytest.fixture
def own() -> Iterator[Sandbox]:
    with Sandbox(rows=200, orphans=0, leads=0, lost=0) as org:
        yield org


@pytest.fixture
def project(tmp_path: Path, own: Sandbox, database_url: str) -> Project:
    made = filled_project(tmp_path, own, database_url)
    assert taskwho(made, "sync").code == 0
    return made


@pytest.mark.parametrize(
    "words",
    [
        ("sync",),
        ("sync", "--mode", "full"),
        ("sync", "--dry-run"),
        ("verify", "--full", "--repair"),
    ],
    ids=" ".join,
)
def test_no_row_of_another_org_is_asked_for(
    project: Project, own: Sandbox, database_url: str, words: tuple[str, ...]
) -> None:
    with at_another_org(project, own) as other:
        run = taskwho(project, *words, **ELSEWHERE)
        assert run.code == 2, run.output
        assert f"and the login is for org {OTHER}" in last_line(run)
        assert not [request for request in other.requests if "query" in request.path]
    assert_equal_to_the_org(own, database_url)
    assert taskwho(project, "sync").code == 0


def test_doctor_fails_on_it(project: Project, own: Sandbox) -> None:
    assert taskwho(project, "doctor").code == 0
    with at_another_org(project, own):
        run = taskwho(project, "doctor", **ELSEWHERE)
    assert run.code == 2
    assert "FAIL The tap cannot read Salesforce." in run.output
    assert f"and the login is for org {OTHER}" in run.output


def test_what_meltano_loads_of_another_org_without_a_state_is_discarded(
    project: Project, own: Sandbox, database_url: str
) -> None:
    with at_another_org(project, own):
        for refresh in (("--full-refresh",), ()):
            run = project.meltano("run", *refresh, "sync", **ELSEWHERE)
            assert run.code == 1, run.output
            assert f"task_who_relations was read from org {OTHER}" in run.output
    assert query(database_url, "select count(*) from taskwho.task_who_relations") == [(0,)]
    own.insert(5)
    own.advance_clock(2)
    assert project.meltano("run", "sync").code == 0
    assert_equal_to_the_org(own, database_url)
