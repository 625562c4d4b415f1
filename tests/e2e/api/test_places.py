"""The API works wherever Python runs it: threads, an event loop, a worker process."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import taskwho

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.seed_tables import create_parents, fill_parents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROWS = 600


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=ROWS) as org:
        yield org


def arguments(org: Sandbox, url: str, folder: Path) -> dict[str, Any]:
    """What a run is given, in a database that holds the parents already."""
    with psycopg.connect(url) as connection:
        create_parents(connection)
        fill_parents(connection, org.parents())
    return {
        "database_url": url,
        "salesforce": {**org.settings(), "lag_seconds": 0},
        "settings": {"reports_dir": folder / "reports"},
        "home": folder / "home",
    }


def test_it_runs_in_a_plain_thread_and_leaves_signal_handlers_alone(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    given = arguments(org, database_url, tmp_path)
    results: list[taskwho.RunResult] = []
    thread = threading.Thread(target=lambda: results.append(taskwho.sync(**given)))
    thread.start()
    thread.join()
    assert results[0].counts.retrieved == ROWS
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert_equal_to_the_org(org, database_url)


def test_two_run_side_by_side_into_two_databases(
    org: Sandbox, make_database: Callable[[], str], tmp_path: Path
) -> None:
    urls = [make_database(), make_database()]
    given = [arguments(org, url, tmp_path) for url in urls]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda one: taskwho.sync(**one), given))
    assert [result.counts.retrieved for result in results] == [ROWS, ROWS]
    assert results[0].report_path != results[1].report_path
    for url in urls:
        assert_equal_to_the_org(org, url)


def test_it_runs_beside_an_event_loop(org: Sandbox, database_url: str, tmp_path: Path) -> None:
    given = arguments(org, database_url, tmp_path)
    result = asyncio.run(asyncio.to_thread(taskwho.sync, **given))
    assert result.counts.retrieved == ROWS
    assert_equal_to_the_org(org, database_url)


def test_it_runs_in_a_worker_process_and_its_errors_come_back(
    org: Sandbox, database_url: str, tmp_path: Path
) -> None:
    given = arguments(org, database_url, tmp_path)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        result = pool.apply(taskwho.sync, kwds=given)
        assert result.counts.retrieved == ROWS
        wrong = {**given["salesforce"], "client_secret": "wr0ng"}
        with pytest.raises(taskwho.Misconfigured, match="Set client_secret") as raised:
            pool.apply(taskwho.sync, kwds={**given, "salesforce": wrong})
    assert raised.value.result is not None
    assert raised.value.result.status == "failed"
    assert pickle.loads(pickle.dumps(raised.value)).message == raised.value.message  # noqa: S301 - ours
    assert_equal_to_the_org(org, database_url)
