"""History and reports that are older than the setting `keep` go; what later runs look at stays."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from taskwho.pipeline.promote_and_report import promote_and_report

from tests.support.postgresql import query

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.settings import PostLoadSettings

RUN = """
    insert into taskwho.runs (run_ids, started_at, finished_at, status, report_status, report)
    select '{}', at, at, 'ok', %(status)s, %(report)s::jsonb
    from (select now() - make_interval(days => %(days)s) as at) as ended
    returning run_id
"""
PAGE = """
    insert into taskwho.batches (promoted_by, stream, mode, outcome, window_from, window_to)
    values (%(run)s, %(stream)s, %(mode)s, %(outcome)s, %(begins)s, %(ends)s)
    returning batch_id
"""
STREAM = "task_who_relations"
PREFIX = "taskwhorelation_sync_results_"


class History:
    """Runs of some days ago, with pages."""

    def __init__(self, url: str) -> None:
        self._url = url

    def run(self, days: int, *, report: str = "{}", status: str = "published") -> int:
        """A run that ended so many days ago."""
        return self._put(RUN, days=days, report=report, status=status)

    def page(
        self,
        run: int,
        ends: str,
        begins: str | None = None,
        outcome: str | None = "complete",
        mode: str = "incremental",
        stream: str = STREAM,
    ) -> int:
        """A page of a run."""
        values = {"run": run, "stream": stream, "mode": mode, "outcome": outcome}
        return self._put(PAGE, **values, begins=begins, ends=ends)

    def _put(self, statement: str, **values: object) -> int:
        with psycopg.connect(self._url) as connection:
            [(number,)] = connection.execute(statement.encode(), values).fetchall()
        return int(number)

    def runs(self) -> set[int]:
        """The runs that are there."""
        return {run for (run,) in query(self._url, "select run_id from taskwho.runs")}

    def pages(self) -> set[int]:
        """The pages that are there."""
        return {page for (page,) in query(self._url, "select batch_id from taskwho.batches")}


@pytest.fixture
def history(url: str) -> History:
    return History(url)


def test_old_runs_go_with_their_pages_and_young_ones_stay(
    url: str, settings: PostLoadSettings, history: History
) -> None:
    old, young = history.run(91), history.run(89)
    history.page(old, "2024-01-02", outcome=None)
    kept = history.page(young, "2024-01-03", outcome=None)
    new = promote_and_report(url, settings)
    assert history.runs() == {young, new.run_id}
    assert history.pages() == {kept}
    promote_and_report(url, replace(settings, keep=88))
    assert not history.runs() & {old, young}


def test_from_where_and_up_to_when_a_stream_was_read_is_not_forgotten(
    url: str, settings: PostLoadSettings, history: History
) -> None:
    first, middle, last = (history.run(days) for days in (300, 200, 100))
    begins = history.page(first, "2024-01-01", mode="full")
    history.page(first, "2024-01-01", mode="full", outcome=None)
    history.page(first, "2025-01-01", outcome="failed", mode="full")
    start = history.page(first, "2024-01-02", "2024-01-01")
    history.page(middle, "2024-02-01", "2024-01-02")
    ends = history.page(last, "2024-03-01", "2024-02-01")
    deletes = history.page(middle, "2024-02-01", "2024-01-01", stream="task_relation_deletes")
    new = promote_and_report(url, settings)
    assert history.pages() == {begins, start, ends, deletes}
    assert history.runs() == {first, middle, last, new.run_id}
    assert new.totals.fresh_until == "2024-03-01T00:00:00Z"


def test_the_last_state_and_what_is_not_reported_yet_stay(
    url: str, settings: PostLoadSettings, history: History
) -> None:
    known = '{"totals": {"in_table": 5}}'
    older, newest = history.run(200, report=known), history.run(100, report=known)
    bad = history.run(99, report='{"totals": {"in_table": null}}')
    with psycopg.connect(url) as connection:
        connection.execute("delete from taskwho.runs where run_id = any(%s)", [[older]])
        pending = connection.execute(
            "insert into taskwho.runs (run_ids, started_at, status, report_status) "
            "values ('{open}', now() - interval '1 year', 'running', 'pending') returning run_id"
        ).fetchone()
    assert pending is not None
    promote_and_report(url, replace(settings, keep=36_500))
    assert {newest, bad, pending[0]} <= history.runs()


def test_old_reports_go_and_nothing_else_does(
    url: str, settings: PostLoadSettings, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    old, young = (f"{now - timedelta(days=days):%Y%m%d_%H%M%S}" for days in (91, 89))
    ending = (".md", ".html", ".json", "_failed.jsonl.gz", "_successful.jsonl.gz", "_failed.csv")
    gone = [f"{PREFIX}{old}{end}" for end in (*ending, "_2.md", "_2_failed.jsonl.gz")]
    kept = [
        *(f"{PREFIX}{young}{end}" for end in ending),
        *("latest.md", "index.html", f"{PREFIX}{old}.md.bak", f"{PREFIX}{old}.xlsx"),
        *(f"my_{PREFIX}{old}.md", f"{PREFIX}notes.md", f"{PREFIX}{old}-mine.md"),
    ]
    for name in (*gone, *kept):
        (tmp_path / name).write_text("{}")
        os.utime(tmp_path / name, (0, 0))
    folder = tmp_path / f"{PREFIX}{old}_3.md"
    folder.mkdir()
    os.utime(folder, (0, 0))
    again = tmp_path / f"{PREFIX}{old}_4.md"
    again.write_text("`taskwho report` has just written it again")
    promote_and_report(url, settings)
    left = {path.name for path in tmp_path.iterdir()}
    assert not left & set(gone)
    assert left >= {*kept, folder.name, again.name}
    assert old not in (tmp_path / "index.html").read_text()


def test_history_that_cannot_be_removed_fails_nothing(
    url: str, settings: PostLoadSettings, history: History, caplog: pytest.LogCaptureFixture
) -> None:
    old = history.run(91)
    query(
        url,
        "create function refuse() returns trigger language plpgsql as "
        "$$ begin raise 'not yours'; end $$; "
        "create trigger refuse before delete on taskwho.runs "
        "for each row execute function refuse()",
    )
    assert promote_and_report(url, settings).exit_code == 0
    assert old in history.runs()
    [warning] = caplog.messages
    assert warning == (
        "History that is older than `--keep` cannot be removed: not yours. Give this user the "
        "right to; the next run tries again. The run and its report are not affected."
    )
