"""The loader deletes batch files in the folders of runs, after the commit, and nothing else."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.support.loading import Loader, batch, batch_file, rows, schema, state

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
@pytest.mark.parametrize("settings", [{}, {"stream_maps": {}}], ids=["appended", "merged"])
def test_files_in_the_folder_of_a_run_are_deleted_after_the_commit(
    tmp_path: Path, database_url: str, kind: str, settings: dict[str, Any]
) -> None:
    folder = tmp_path / "run"
    files = [batch_file(folder / f"{n}.{kind}", [{"Id": str(n)}]) for n in range(2)]
    load = Loader(tmp_path, database_url, **settings).load(schema(["Id"]), batch(*files), state(1))
    assert load.code == 0, load.last_line
    assert rows(database_url) == [("0",), ("1",)]
    assert not folder.exists()


def test_files_in_a_folder_without_a_lock_are_loaded_and_stay(
    tmp_path: Path, database_url: str
) -> None:
    file = batch_file(tmp_path / "mine" / "addresses.csv", [{"Id": "1"}])
    (file.parent / ".lock").unlink()
    load = Loader(tmp_path, database_url).load(schema(["Id"]), batch(file), state(1))
    assert (load.code, load.states) == (0, [1])
    assert rows(database_url) == [("1",)]
    assert file.exists()


def test_a_file_serves_every_stream_that_a_map_makes_of_its_stream(
    tmp_path: Path, database_url: str
) -> None:
    file = batch_file(tmp_path / "run" / "a.jsonl", [{"Id": "1"}])
    keyless: dict[str, Any] = {"__key_properties__": []}
    maps = {"rows": keyless, "copies": {**keyless, "__source__": "rows"}}
    load = Loader(tmp_path, database_url, stream_maps=maps).load(schema(["Id"]), batch(file))
    assert load.code == 0, load.last_line
    assert rows(database_url, "rows") == rows(database_url, "copies") == [("1",)]
    assert not file.exists()


def test_a_load_that_fails_deletes_no_file(tmp_path: Path, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("create schema taskwho")
        connection.execute("""create table taskwho.rows ("Id" text check ("Id" = '1'))""")
    folder = tmp_path / "run"
    files = [batch_file(folder / f"{n}.jsonl", [{"Id": str(n)}]) for n in (1, 2)]
    load = Loader(tmp_path, database_url).load(schema(["Id"]), batch(*files), state(1))
    assert (load.code, load.states) == (1, [])
    assert all(file.exists() for file in files)
    assert rows(database_url) == []


class RunFolder:
    """A tap's folder of one run; its lock is held as long as the run lives."""

    def __init__(self, path: Path, *, age_seconds: int, alive: bool) -> None:
        self.file = batch_file(path / "left.jsonl", [{"Id": "left"}])
        self.lock = (path / ".lock").open("rb")
        if alive:
            fcntl.flock(self.lock, fcntl.LOCK_SH)
        then = time.time() - age_seconds
        os.utime(path, (then, then))

    def close(self) -> None:
        """End the run."""
        self.lock.close()


def test_what_a_killed_run_left_is_deleted_and_what_lives_is_not(
    tmp_path: Path, database_url: str
) -> None:
    root = tmp_path / "batches"
    dead = RunFolder(root / "dead", age_seconds=7_200, alive=False)
    alive = RunFolder(root / "alive", age_seconds=7_200, alive=True)
    fresh = RunFolder(root / "fresh", age_seconds=60, alive=False)
    unlocked = batch_file(root / "unlocked" / "a.jsonl", [{"Id": "not ours"}])
    (unlocked.parent / ".lock").unlink()
    own = RunFolder(root / "own", age_seconds=0, alive=False)
    load = Loader(tmp_path, database_url).load(schema(["Id"]), batch(own.file), state(1))
    assert load.code == 0, load.last_line
    assert not dead.file.parent.exists()
    assert not own.file.parent.exists()
    assert alive.file.exists()
    assert fresh.file.exists()
    assert unlocked.exists()
    for folder in (dead, alive, fresh, own):
        folder.close()
