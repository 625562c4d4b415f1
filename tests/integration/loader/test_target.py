"""A STATE that the loader passes on is a promise: every row before it is committed."""

from __future__ import annotations

import contextlib
import io
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from target_postgres_taskwho.target import TargetPostgresTaskWho

from tests.support.loading import (
    LANDING,
    Loader,
    kill,
    lines,
    record,
    rows,
    schema,
    state,
    states_of,
    wait_for_states,
)
from tests.support.observing import WAITS_FOR_A_LOCK, is_seen, wait_for
from tests.support.postgresql import query

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

KEYED = {"stream_maps": {}, "use_copy": False}


def numbered_rows(first: int, last: int) -> Iterator[dict[str, object]]:
    for number in range(first, last + 1):
        yield record(Id=f"{number:06}", Name=f"name {number}")
        yield state(number)


def feed(process: subprocess.Popen[str]) -> threading.Thread:
    """Write numbered rows, each followed by its STATE, until the process is gone."""

    def write() -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(lines([schema(["Id", "Name"])]))
            for number in count(1):
                process.stdin.write(lines(numbered_rows(number, number)))
        except BrokenPipeError:
            return
        finally:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def landed(url: str) -> set[int]:
    return {int(identifier) for (identifier,) in rows(url, columns='"Id"')}


@pytest.mark.parametrize("settings", [{}, KEYED], ids=["appended", "merged"])
@pytest.mark.parametrize("seen", [1, 2, 3])
def test_a_killed_loader_has_committed_all_that_its_last_state_speaks_of(
    tmp_path: Path, database_url: str, settings: dict[str, Any], seen: int
) -> None:
    process = Loader(tmp_path, database_url, **settings).start()
    feeder = feed(process)
    assert process.stdout is not None
    first = wait_for_states(process.stdout, seen)
    _, rest = kill(process, signal.SIGKILL)
    feeder.join()
    last = (first + rest)[-1]
    assert landed(database_url) >= set(range(1, last + 1))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_loader_commits_what_it_read_and_passes_its_state_on(
    tmp_path: Path, database_url: str, how: signal.Signals
) -> None:
    process = Loader(tmp_path, database_url).start()
    feeder = feed(process)
    assert process.stdout is not None
    first = wait_for_states(process.stdout, 1)
    code, rest = kill(process, how)
    feeder.join()
    assert code == 130
    last = (first + rest)[-1]
    # it may have been asked to stop between a row and its STATE
    assert landed(database_url) in (set(range(1, last + 1)), set(range(1, last + 2)))


def test_a_loader_that_waits_for_input_stops_at_once(tmp_path: Path, database_url: str) -> None:
    process = Loader(tmp_path, database_url).start()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(lines([schema(["Id"]), record(Id="1"), state(1)]))
    assert wait_for_states(process.stdout, 1) == [1]
    code, rest = kill(process, signal.SIGTERM)
    process.stdin.close()
    assert (code, rest) == (130, [])
    assert landed(database_url) == {1}


def test_states_are_passed_on_about_once_a_second_and_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    ticks = count()
    monkeypatch.setattr("time.monotonic", lambda: next(ticks) / 4)
    monkeypatch.setattr(TargetPostgresTaskWho, "_setup_signal_handlers", lambda _: None)
    loader = TargetPostgresTaskWho(config={"sqlalchemy_url": database_url, **LANDING})
    loader.listen(io.StringIO(lines([schema(["Id", "Name"]), *numbered_rows(1, 12)])))
    # the clock goes on by a quarter of a second whenever it is read: once at each STATE, and once
    # more when one is passed on
    assert states_of(capsys.readouterr().out) == [1, 5, 9, 12]


def test_a_state_that_does_not_change_is_passed_on_once(tmp_path: Path, database_url: str) -> None:
    load = Loader(tmp_path, database_url).load(
        schema(["Id"]), state(1), record(Id="1"), state(1), state(1)
    )
    assert load.states == [1]
    assert landed(database_url) == {1}


def test_no_state_speaks_of_rows_that_the_database_refused(
    tmp_path: Path, database_url: str
) -> None:
    numbers = {"Id": {"type": "string"}, "Number": {"type": "integer"}}
    load = Loader(tmp_path, database_url).load(
        schema(numbers), record(Id="1", Number=1), state(1), record(Id="2", Number="x"), state(2)
    )
    assert load.code == 1
    assert load.states == [1]
    assert landed(database_url) == {1}


def test_a_loader_without_any_state_still_loads(tmp_path: Path, database_url: str) -> None:
    load = Loader(tmp_path, database_url).load(schema(["Id"]), record(Id="1"))
    assert (load.code, load.states) == (0, [])
    assert landed(database_url) == {1}


@pytest.mark.parametrize(
    "statement",
    ["create schema taskwho", 'create table taskwho.rows ("Id" text)'],
    ids=["schema", "table"],
)
def test_what_another_session_makes_at_the_same_moment_is_taken_as_it_is(
    tmp_path: Path, database_url: str, statement: str
) -> None:
    if "table" in statement:
        query(database_url, "create schema taskwho")
    loader = Loader(tmp_path, database_url)
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database_url) as other:
        other.execute(statement.encode())
        waiting = pool.submit(loader.load, schema(["Id", "Name"]), record(Id="1", Name="one"))
        wait_for(lambda: is_seen(database_url, WAITS_FOR_A_LOCK), "a session that waits")
        other.commit()
        load = waiting.result()
    assert load.code == 0, load.log
    assert rows(database_url, columns='"Id", "Name"') == [("1", "one")]
