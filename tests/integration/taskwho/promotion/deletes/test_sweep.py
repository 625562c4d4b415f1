"""Deletes that no query shows: each condition of a sweep, and the live row it spares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import land, page
from tests.support.seed import relation

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.model.results.result import RunResult

    from tests.support.seed import Row

SEEN = range(1, 7)
UNSEEN = relation(9)["Id"]


@pytest.fixture
def url(url: str, tmp_path: Path) -> str:
    seed.land(url, [*map(relation, SEEN), relation(9)])
    post_load(url, PostLoadSettings(reports_dir=tmp_path))
    return url


@pytest.fixture
def settings(tmp_path: Path) -> PostLoadSettings:
    return PostLoadSettings(reports_dir=tmp_path, sweep=True, max_delete_percent=20)


def journal(**changes: object) -> list[Row]:
    """The pages of a full run that saw six relations and ended with an empty page."""
    ids = [relation(number)["Id"] for number in SEEN]
    bounds = [(None, ids[0], ids[1]), (ids[1], ids[2], ids[4]), (ids[4], ids[5], ids[5])]
    pages = [
        page(
            number,
            after_id=after,
            first_id=first,
            last_id=last,
            records=str(ids.index(last) - ids.index(first) + 1),
            counted="6",
        )
        for number, (after, first, last) in enumerate(bounds, start=1)
    ]
    pages.append(page(4, after_id=ids[5], counted="6", outcome="complete"))
    return [row | changes for row in pages]


def run_full(
    url: str, settings: PostLoadSettings, pages: list[Row], rows: list[Row] | None = None
) -> RunResult:
    seed.land(url, [relation(number) for number in SEEN] if rows is None else rows)
    land(url, "sync_batches", pages)
    result = post_load(url, settings)
    assert result.accounting.closes
    return result


def is_live(url: str, key: str) -> bool:
    return not seed.stored(url)[key]["is_deleted"]


def test_a_complete_full_run_marks_what_it_did_not_see(
    url: str, settings: PostLoadSettings
) -> None:
    result = run_full(url, settings, journal())
    assert result.counts.swept == 1
    assert {key for key in seed.stored(url) if not is_live(url, key)} == {UNSEEN}


def test_without_being_asked_for_there_is_no_sweep(url: str, tmp_path: Path) -> None:
    result = run_full(url, PostLoadSettings(reports_dir=tmp_path), journal())
    assert (result.sweep, result.counts.swept) == (None, 0)
    assert is_live(url, UNSEEN)


def without(number: int) -> list[Row]:
    return [row for row in journal() if row["batch"] != str(number)]


def changed(number: int, **changes: object) -> list[Row]:
    return [row | (changes if row["batch"] == str(number) else {}) for row in journal()]


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ([], "no full run"),
        (journal(mode="incremental"), "no full run"),
        (journal(stream="tasks"), "no full run"),
        (changed(4, outcome="limit"), "did not read to the end"),
        (changed(4, outcome="quota"), "did not read to the end"),
        (changed(4, outcome=None), "did not read to the end"),
        (journal(resumed="true"), "an earlier run had begun"),
        (changed(2, resumed=None), "an earlier run had begun"),
        (journal(endpoint="query"), "queryAll"),
        (changed(3, endpoint="query"), "queryAll"),
        (journal(window_from="2024-01-01T00:00:00Z"), "begin at the beginning"),
        (journal(window_to=None), "begin at the beginning"),
        (without(1), "pages are missing"),
        (without(2), "pages are missing"),
        (changed(1, after_id=relation(1)["Id"]), "pages are missing"),
        (changed(3, after_id=relation(1)["Id"]), "pages are missing"),
        (changed(2, batch="7"), "pages are missing"),
        (changed(2, outcome="complete"), "pages are missing"),
        (journal(counted="7"), "Salesforce counts 7"),
        (journal(counted=None), "Salesforce counts"),
        (changed(2, records="4", counted="7"), "Salesforce counts"),
    ],
)
def test_every_doubt_about_the_run_is_told_and_spares_all(
    url: str, settings: PostLoadSettings, pages: list[Row], why: str
) -> None:
    result = run_full(url, settings, pages)
    assert result.sweep is not None
    assert why in result.sweep
    assert result.counts.swept == 0
    assert is_live(url, UNSEEN)


@pytest.mark.parametrize(
    "landed",
    [
        [1, 2, 3, 4, 5],  # the last page's row did not arrive
        [1, 2, 4, 5, 6],  # one in the middle
        [1, 2, 3, 4, 5, 6, 60],  # one that no page had
    ],
)
def test_rows_that_did_not_land_as_they_were_read_spare_all(
    url: str, settings: PostLoadSettings, landed: list[int]
) -> None:
    result = run_full(url, settings, journal(), [relation(number) for number in landed])
    assert result.sweep is not None
    assert "did not land" in result.sweep
    assert is_live(url, UNSEEN)
    assert is_live(url, relation(6)["Id"])


def test_a_row_that_landed_twice_is_one(url: str, settings: PostLoadSettings) -> None:
    rows = [relation(number) for number in (1, 1, *SEEN)]
    assert run_full(url, settings, journal(), rows).counts.swept == 1


def test_more_than_the_share_allowed_is_not_swept(url: str, tmp_path: Path) -> None:
    settings = PostLoadSettings(reports_dir=tmp_path, sweep=True, max_delete_percent=14)
    result = run_full(url, settings, journal())
    assert result.sweep is not None
    assert "1 of 7" in result.sweep
    assert is_live(url, UNSEEN)


@pytest.mark.parametrize(
    ("stamp", "stays"),
    [("2024-05-31T23:44:59.000Z", False), ("2024-05-31T23:45:00.000Z", True)],
)
def test_rows_of_the_look_back_are_spared(
    url: str,
    settings: PostLoadSettings,
    stamp: str,
    stays: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    seed.land(url, [relation(9, SystemModstamp=stamp)])
    post_load(url, settings)
    run_full(url, settings, journal())
    assert is_live(url, UNSEEN) is stays


def test_a_swept_row_that_comes_back_is_live_again(url: str, settings: PostLoadSettings) -> None:
    run_full(url, settings, journal())
    seed.land(url, [relation(9)])
    assert post_load(url, settings).counts.updated == 1
    assert is_live(url, UNSEEN)


def test_relations_that_wait_leave_the_quarantine_too(url: str, settings: PostLoadSettings) -> None:
    seed.land(url, [relation(20, TaskId=seed.task(9))])
    post_load(url, settings)
    result = run_full(url, settings, journal())
    assert seed.quarantine(url) == {}
    assert (result.counts.quarantined_now, result.counts.failed_again) == (0, 1)


def test_a_table_that_refuses_the_sweep_keeps_its_rows_and_the_promotion(
    url: str, settings: PostLoadSettings
) -> None:
    query(url, "alter table sf_taskwhorelations add check (not is_deleted)")
    result = run_full(url, settings, journal())
    assert result.sweep is not None
    assert "23514" in result.sweep
    assert is_live(url, UNSEEN)
    assert result.counts.unchanged == 6
