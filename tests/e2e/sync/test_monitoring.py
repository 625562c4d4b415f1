"""An alert and the numbers of a run, received through the commands that people use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import taskwho as api
from prometheus_client.parser import text_string_to_metric_families

from tests.sandbox import Sandbox
from tests.support.receiver import SECRET, Receiver, receiving
from tests.support.sync_command import filled_project, latest_twin, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.meltano_project import Project

ROWS = 60
WRONG = {"TAP_SALESFORCE_TASKWHO_CLIENT_SECRET": "wr0ng"}


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def project(tmp_path: Path, org: Sandbox, database_url: str) -> Project:
    return filled_project(tmp_path, org, database_url)


def numbers(file: Path) -> dict[str, float]:
    """The samples of a file, by name and label."""
    return {
        sample.name + "".join(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(file.read_text())
        for sample in family.samples
    }


def test_sync_and_post_load_post_what_is_news_and_write_numbers(
    project: Project, receiver: Receiver
) -> None:
    project.variables |= {
        "TASKWHO_NOTIFY": receiver.address(),
        "TASKWHO_REPORT_URL": "https://r.example.org/acme/",
        "TASKWHO_GOAL": "10",
    }
    file = project.folder / "taskwho.prom"
    failed = taskwho(project, "sync", "--metrics", file.name, "--json", **WRONG)
    assert (failed.code, SECRET in failed.output) == (2, False)
    assert numbers(file)["taskwho_last_run_exit_code"] == 2
    [text] = receiver.texts
    twin = latest_twin(project)
    assert text.splitlines()[1].startswith("Error: ")
    assert text.endswith(f"\nhttps://r.example.org/acme/{twin['report_name']}.html")

    assert taskwho(project, "sync", "--metrics", file.name).code == 0
    found = numbers(file)
    assert found["taskwho_last_run_exit_code"] == 0
    done = latest_twin(project)
    assert found["taskwho_rowsinserted"] == done["counts"]["inserted"] > 0
    assert found["taskwho_health_ratio"] == pytest.approx(done["health"] / 100)
    assert found["taskwho_lag_seconds"] >= 0
    assert len(receiver.texts) == 2
    assert receiver.texts[1].startswith("taskwho: Recovered. Health ")

    again = taskwho(project, "post-load", TASKWHO_METRICS="again.prom", TASKWHO_GOAL="100")
    assert again.code == 0
    assert numbers(project.folder / "again.prom")["taskwho_rowsinserted"] == 0
    assert receiver.texts[2].startswith("taskwho: Degraded: ")


def test_an_address_in_a_file_counts_and_what_does_not_arrive_is_a_warning(
    project: Project, receiver: Receiver
) -> None:
    config = project.folder / "taskwho.toml"
    config.write_text(f'[taskwho]\nnotify = "{receiver.address(404)}"\nmetrics = "/no/such/file"\n')
    words = ("sync", "--config", config.name)
    failed = taskwho(project, *words, **WRONG)
    assert failed.code == 2
    assert "TASKWHO_NOTIFY: it answered with HTTP 404. Correct" in failed.output
    assert "The numbers of the run cannot be written to /no/such/file: " in failed.output
    assert SECRET not in failed.output
    # the environment wins over the file, and .env is part of it
    (project.folder / ".env").write_text(f"TASKWHO_NOTIFY={receiver.address()}\n")
    assert taskwho(project, *words, **WRONG).code == 2
    assert len(receiver.texts) == 1
    refused = taskwho(project, "post-load", TASKWHO_NOTIFY="file:///etc/passwd", TASKWHO_GOAL="100")
    assert refused.code == 0
    assert "it is no https address, and no http address on loopback" in refused.output


def test_there_is_no_flag_for_the_address(project: Project) -> None:
    refused = taskwho(project, "sync", "--notify", "https://example.org")
    assert refused.code == 2
    assert "No such option" in refused.output


def test_meltano_tells_of_a_job_that_it_ended(project: Project, receiver: Receiver) -> None:
    project.variables |= {
        "TASKWHO_NOTIFY": receiver.address(),
        "TASKWHO_METRICS": str(project.folder / "taskwho.prom"),
        "TASKWHO_GOAL": "10",
    }
    assert project.meltano("run", "sync", **WRONG).code == 1
    assert receiver.texts == []  # nothing of ours runs after the tap
    done = project.meltano("--log-level=debug", "run", "sync")
    assert (done.code, SECRET in done.output) == (0, False)
    failed, recovered = receiver.texts
    assert "did not finish" in failed
    assert recovered.startswith("taskwho: Recovered. ")
    assert numbers(project.folder / "taskwho.prom")["taskwho_last_run_exit_code"] == 0


def test_the_api_takes_both_as_settings(
    org: Sandbox, project: Project, receiver: Receiver, tmp_path: Path
) -> None:
    given: dict[str, Any] = {
        "database_url": project.variables["DATABASE_URL"],
        "salesforce": {**org.settings(), "client_secret": "wr0ng"},
        "home": tmp_path / "home",
        "settings": {
            "reports_dir": tmp_path / "reports",
            "notify": receiver.address(),
            "metrics": tmp_path / "api.prom",
        },
    }
    with pytest.raises(api.LoginFailed) as failed:
        api.sync(**given)
    assert SECRET not in f"{failed.value!r}{failed.value.result!r}"
    assert len(receiver.texts) == 1
    assert numbers(tmp_path / "api.prom")["taskwho_last_run_exit_code"] == 2
