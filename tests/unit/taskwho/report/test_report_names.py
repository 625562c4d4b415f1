"""Runs that share a reports folder never share a report's name, however they overlap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from taskwho.report.record_files import RecordFileWriter
from taskwho.report.report_names import claim, release

if TYPE_CHECKING:
    from pathlib import Path

NAME = "taskwhorelation_sync_results_20250706_182214"


def test_each_of_many_at_once_gets_a_name_of_its_own(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: claim(tmp_path, NAME), range(40)))
    assert len(set(names)) == 40


def test_a_name_is_free_again_after_a_run_that_wrote_nothing(tmp_path: Path) -> None:
    assert claim(tmp_path, NAME) == NAME
    release(tmp_path, NAME)
    assert claim(tmp_path, NAME) == NAME


def test_a_name_with_a_report_is_never_free(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.json").touch()
    assert claim(tmp_path, NAME) == f"{NAME}_2"


def test_files_of_records_of_two_databases_stay_apart(tmp_path: Path) -> None:
    writers = [RecordFileWriter(tmp_path), RecordFileWriter(tmp_path)]
    assert [writer.claim(NAME) for writer in writers] == [NAME, f"{NAME}_2"]


def test_a_promotion_that_changed_nothing_gives_its_name_back(tmp_path: Path) -> None:
    writer = RecordFileWriter(tmp_path)
    writer.claim(NAME)
    writer.discard()
    assert not list(tmp_path.iterdir())
