"""What is read of the children's log, and what is kept of it."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from taskwho.model.redaction import Redactor
from taskwho.pipeline.plugins.log import ChildLog, Heard, Reading, last_error
from taskwho.pipeline.plugins.processes import Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTHING = Redactor([])


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ChildLog]:
    with ChildLog(tmp_path / "home", "12345678-9abc", NOTHING) as log:
        yield log


def event(level: str = "info", message: str = "", **more: object) -> str:
    return json.dumps({"level": level, "message": message, "extra": {}, **more})


def metric(name: str, value: int, stream: str = "users") -> str:
    info = {"metric": name, "value": value, "tags": {"stream": stream}}
    return event(message="METRIC", metric_info=info)


def test_every_line_is_kept_as_it_is_for_the_owner_alone(log: ChildLog) -> None:
    lines = [event(message="One."), "a library's own print", "[1]", "{half"]
    for line in lines:
        log.take(Line("tap", line))
    assert log.file.read_text().splitlines() == lines
    assert stat.S_IMODE(log.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.file.parent.stat().st_mode) == 0o700


def test_the_last_error_of_each_child_is_its_own(log: ChildLog) -> None:
    log.take(Line("tap", event("error", "First.")))
    log.take(Line("tap", event("error", "Last.", extra={"problem": "login-refused"})))
    log.take(Line("loader", event("critical", "No connection.")))
    assert log.heard["tap"] == Heard("Last.", "login-refused")
    assert log.heard["loader"] == Heard("No connection.")


def test_rows_and_calls_are_counted_without_the_journal(log: ChildLog) -> None:
    log.take(Line("tap", event(message="500 rows to read.", extra={"rows_to_read": 500})))
    log.take(Line("tap", metric("record_count", 200)))
    log.take(Line("tap", metric("record_count", 100, "tasks")))
    log.take(Line("tap", metric("record_count", 9, "sync_batches")))
    log.take(Line("tap", metric("http_request_count", 3)))
    log.take(Line("loader", metric("record_count", 1_000)))
    assert log.reading == Reading({"users": 200, "tasks": 100}, 500, windows=1, api_calls=3)
    log.start()
    assert log.reading == Reading(api_calls=3)


def test_a_warning_of_ours_is_for_people_and_one_of_python_s_is_not(log: ChildLog) -> None:
    ours = event("warning", "Slow.", logger_name="tap-salesforce-taskwho.users")
    theirs = event("warning", "Deprecated.", logger_name="py.warnings")
    assert log.take(Line("tap", ours)) == "Slow."
    assert log.take(Line("tap", theirs)) is None


def test_a_file_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with ChildLog(tmp_path / "home", "12345678", NOTHING) as log:
        log.take(Line("tap", event("error", "Told.")))
    assert log.heard["tap"].error == "Told."


def test_the_newest_logs_are_kept(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    for day in range(10, 31):
        (logs / f"sync_202001{day}_120000_aaaaaaaa.log").touch()
    with ChildLog(tmp_path, "12345678", NOTHING) as log:
        left = sorted(file.name for file in logs.iterdir())
    assert len(left) == 20
    assert left[0] == "sync_20200112_120000_aaaaaaaa.log"
    assert left[-1] == log.file.name


def test_the_last_error_of_a_text_is_found_else_its_last_line() -> None:
    assert last_error(f"{event('error', 'Wrong.')}\n{event(message='Bye.')}\n") == "Wrong."
    assert last_error("Traceback\nKeyError: 1\n") == "KeyError: 1"
    assert last_error("") == ""


def test_a_secret_that_somebody_repeats_is_in_no_line_and_no_error(tmp_path: Path) -> None:
    with ChildLog(tmp_path, "12345678", Redactor(["s3cret/word"])) as log:
        log.take(Line("tap", event("error", "Refused: S3CRET%2fWORD.")))
        assert (
            log.take(
                Line("tap", event("warning", "s3cret/word", logger_name="tap-salesforce-taskwho"))
            )
            == "***"
        )
        log.take(Line("loader", 'a print: {\\"p\\": \\"s3cret\\/word\\"}'))
    assert log.heard["tap"].error == "Refused: ***."
    assert "cret" not in log.file.read_text().lower()
