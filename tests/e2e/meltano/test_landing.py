"""Rows that are lost between tap and promotion: the run fails, and everything is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import PAIR
from tests.support.postgresql import query
from tests.support.sync_command import filled_project, last_line, latest_twin, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.meltano_project import Project

RELATIONS = "task_who_relations"


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=200, orphans=0, leads=0, lost=0) as sandbox:
        yield sandbox


@pytest.fixture
def project(tmp_path: Path, org: Sandbox, database_url: str) -> Project:
    return filled_project(tmp_path, org, database_url)


def set_filter(project: Project, plugin: str, org: Sandbox) -> None:
    """Let a stream map of tap or loader pass the first 100 of 200 relations."""
    file = project.folder / "meltano.yml"
    found = yaml.safe_load(file.read_text("utf-8"))
    [tap, *_], [loader, *_] = (found["plugins"][kind] for kind in ("extractors", "loaders"))
    del tap["config"]["batch_config"]  # no stream map of a loader looks into files
    first_left_out = sorted(org.relation_ids())[100]
    config = {"tap": tap, "loader": loader}[plugin]["config"]
    maps = {RELATIONS: {"__filter__": f"Id < '{first_left_out}'"}}
    config["stream_maps"] = config.get("stream_maps", {}) | maps
    file.write_text(yaml.safe_dump(found), "utf-8")


def test_a_landing_table_that_is_emptied_before_post_load_is_read_again(
    project: Project, org: Sandbox, database_url: str
) -> None:
    loaded = project.meltano("run", *PAIR)
    assert loaded.code == 0, loaded.output
    query(database_url, "truncate taskwho.task_who_relations")
    promoted = taskwho(project, "post-load")
    assert promoted.code == 1, promoted.output
    assert "and 200 of them have not arrived in taskwho.task_who_relations" in last_line(promoted)
    assert taskwho(project, "sync").code == 0
    assert_equal_to_the_org(org, database_url)


def test_a_filter_of_the_loader_is_told_by_every_run_until_it_is_gone(
    project: Project, org: Sandbox, database_url: str
) -> None:
    file = project.folder / "meltano.yml"
    as_it_was = file.read_text("utf-8")
    set_filter(project, "loader", org)
    for _ in range(2):
        run = project.meltano("run", "sync")
        assert run.code == 1, run.output
        twin = latest_twin(project)
        assert "100 of them have not arrived" in twin["error"]
        assert twin["counts"]["retrieved"] == 100
    file.write_text(as_it_was, "utf-8")
    assert project.meltano("run", "sync").code == 0
    assert_equal_to_the_org(org, database_url)


def test_a_filter_of_the_tap_is_counted_and_no_fault(project: Project, org: Sandbox) -> None:
    set_filter(project, "tap", org)
    run = project.meltano("run", "sync")
    assert run.code == 0, run.output
    [window] = [w for w in latest_twin(project)["windows"] if w["stream"] == RELATIONS]
    assert (window["records"], window["counted"]) == (100, 200)
