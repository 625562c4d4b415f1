"""Alerts and numbers of runs that end in every way, received by a real server."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from taskwho.model.errors import TaskwhoError
from taskwho.model.outcome import RunOutcome
from taskwho.pipeline.prepare import prepare
from taskwho.pipeline.promote_and_report import promote_and_report
from taskwho.report.monitoring import webhook

from tests.support import seed
from tests.support.postgresql import query
from tests.support.receiver import SECRET, Receiver, receiving
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

FAILED = RunOutcome(tap_exit_code=1, tap_error="The tap failed.")
NOWHERE = "postgresql://somebody:s3cr3t-w0rd@127.0.0.1:1/nowhere"
TOLD = "select news, run_id from taskwho.last_alert"


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(webhook, "SECONDS", 60)  # a machine with much to do is no slow webhook
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def telling(settings: PostLoadSettings, receiver: Receiver) -> PostLoadSettings:
    return replace(settings, notify=receiver.address(), report_url="https://r.example.org")


def fails(url: str, settings: PostLoadSettings) -> RunResult:
    return promote_and_report(url, settings, FAILED)


def degrades(url: str, settings: PostLoadSettings) -> RunResult:
    seed.land(url, [relation(1), relation(2, RelationId=seed.contact(2))])
    return promote_and_report(url, settings)


def heals(url: str, settings: PostLoadSettings) -> RunResult:
    seed.add_contact(url, 2)
    return promote_and_report(url, settings)


def told(receiver: Receiver) -> list[str]:
    """The first words of each alert."""
    words = ("The run failed", "Recovered", "Degraded")
    return [next(word for word in words if word in text) for text in receiver.texts]


def test_people_hear_of_failures_and_changes_and_of_nothing_else(
    url: str, telling: PostLoadSettings, receiver: Receiver
) -> None:
    goes_well = promote_and_report
    for end in (
        goes_well,
        degrades,
        degrades,
        heals,
        goes_well,
        fails,
        fails,
        goes_well,
        goes_well,
    ):
        end(url, telling)
    failed = ["The run failed"] * 2
    assert told(receiver) == ["Degraded", "Recovered", *failed, "Recovered"]
    assert query(url, TOLD) == [("recovered", 8)]


def test_an_alert_links_to_the_report_of_its_run(
    url: str, telling: PostLoadSettings, receiver: Receiver
) -> None:
    result = fails(url, telling)
    headline, error, _, link = receiver.texts[0].splitlines()
    assert headline.startswith("taskwho: The run failed.")
    assert error == "Error: The tap failed."
    assert link == f"https://r.example.org/{result.report_name}.html"
    assert (telling.reports_dir / link.rpartition("/")[2]).exists()


def test_a_run_that_nobody_ended_is_told_by_the_next_step(
    url: str,
    telling: PostLoadSettings,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("MELTANO_UTILITY_NAME", "taskwho")
    folder = telling.reports_dir
    with_numbers = replace(telling, metrics=folder / "taskwho.prom")
    for _ in range(2):
        prepare(folder, with_numbers)
    assert told(receiver) == ["The run failed"]
    assert "did not finish" in receiver.texts[0]
    link = receiver.texts[0].rpartition("/")[2]
    assert (folder / link).exists()
    assert "taskwho_last_run_exit_code 1\n" in (folder / "taskwho.prom").read_text()
    promote_and_report(url, with_numbers)
    assert told(receiver) == ["The run failed", "Recovered"]
    assert "taskwho_last_run_exit_code 0\n" in (folder / "taskwho.prom").read_text()


def test_post_load_tells_of_a_killed_run_before_its_own_end(
    url: str, telling: PostLoadSettings, receiver: Receiver
) -> None:
    query(
        url,
        "insert into taskwho.runs (run_ids, started_at, status, report_status) "
        "values ('{killed}', now(), 'running', 'pending')",
    )
    promote_and_report(url, telling)
    assert told(receiver) == ["The run failed", "Recovered"]


def test_a_database_that_is_away_is_told_and_so_is_its_return(
    url: str, telling: PostLoadSettings, receiver: Receiver
) -> None:
    for _ in range(2):
        with pytest.raises(TaskwhoError):
            promote_and_report(NOWHERE, telling)
    promote_and_report(url, telling)
    promote_and_report(url, telling)
    assert told(receiver) == ["The run failed", "The run failed", "Recovered"]
    assert "s3cr3t-w0rd" not in "".join(receiver.texts)
    assert not list(telling.reports_dir.glob(".alert*"))


def test_a_report_that_cannot_be_written_is_a_failure(
    url: str, telling: PostLoadSettings, receiver: Receiver
) -> None:
    in_the_way = telling.reports_dir / "no-folder"
    in_the_way.touch()
    promote_and_report(url, replace(telling, reports_dir=in_the_way))
    assert "The run ended with exit code 1." in receiver.texts[0]
    assert "https://" not in receiver.texts[0]
    promote_and_report(url, telling)
    assert "Recovered" in receiver.texts[1]


@pytest.mark.parametrize("answer", [302, 404, 500])
def test_an_alert_that_did_not_arrive_fails_nothing_and_comes_with_the_next_run(
    url: str,
    telling: PostLoadSettings,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
    answer: int,
) -> None:
    with caplog.at_level(logging.DEBUG):
        result = degrades(url, replace(telling, notify=receiver.address(answer)))
    assert (result.status, result.exit_code) == ("ok", 0)
    redirect = ", a redirect, which is not followed" if answer == 302 else ""
    [warning] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert warning.getMessage() == (
        "The alert did not arrive at the address in TASKWHO_NOTIFY: it answered with HTTP "
        f"{answer}{redirect}. Correct the address, or take it away; the next run tries again. The "
        "run and its report are not affected."
    )
    assert SECRET not in caplog.text
    assert SECRET not in json.dumps(result.to_dict()) + repr(telling)
    degrades(url, telling)
    assert told(receiver) == ["Degraded"]


def test_of_several_runs_that_did_not_finish_one_is_tried_where_nobody_hears(
    url: str, telling: PostLoadSettings, receiver: Receiver
) -> None:
    query(
        url,
        "insert into taskwho.runs (run_ids, started_at, status, report_status) "
        "select array[name], now(), 'running', 'pending' "
        "from unnest('{killed,too}'::text[]) as name",
    )
    promote_and_report(url, replace(telling, notify=receiver.address(500)))
    assert (receiver.asked, receiver.texts) == (1, [])


def test_without_an_address_nothing_is_asked(url: str, settings: PostLoadSettings) -> None:
    fails(url, settings)
    assert query(url, TOLD) == []


def test_numbers_that_cannot_be_written_fail_nothing(
    url: str, settings: PostLoadSettings, caplog: pytest.LogCaptureFixture
) -> None:
    file = settings.reports_dir / "nowhere" / "taskwho.prom"
    result = promote_and_report(url, replace(settings, metrics=file))
    assert result.exit_code == 0
    [warning] = caplog.messages
    assert warning == (
        f"The numbers of the run cannot be written to {file}: No such file or directory. Make its "
        "folder, and let this user write to it, or name another file in `--metrics`. The run and "
        "its report are not affected."
    )
