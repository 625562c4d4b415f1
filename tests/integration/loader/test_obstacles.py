"""What stands in the way of a load gets a sentence: what happened, why, what to do.

A table of (file, folder, database, input, output) by (missing, unreadable, of a wrong kind, full,
changed meanwhile). None of it shows a traceback, and none passes on a STATE of rows that are lost.
"""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.support import forked
from tests.support.loading import (
    OURS,
    SECONDS_TO_END,
    Load,
    Loader,
    batch,
    batch_file,
    check_sentence,
    lines,
    record,
    rows,
    schema,
    state,
)
from tests.support.postgresql import database_of, query, url_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.postgresql import Server

KEYED: dict[str, Any] = {"stream_maps": {}, "use_copy": False}
DEEP = 100_000
LATIN_1 = "Zo\xeb".encode("latin-1")
FIRST = (schema(["Id"]), record(Id="1"), state(1))


def run(folder: Path, config: str, messages: str = "") -> Load:
    """Run the command in a folder, without a setting in its environment."""
    (folder / "messages").write_text(messages)
    arguments = ["--config", config, "--input", "/dev/stdin"]
    command = forked.Command(OURS, arguments, folder, dict(os.environ))
    process = forked.start(command, folder / "messages", folder / "output")
    process.join(SECONDS_TO_END)
    assert process.exitcode is not None
    return Load(process.exitcode, [], command.log.read_text())


CONFIGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (lambda at: at.mkdir(), "config.json: Is a directory"),
    "empty": (lambda at: at.touch(), "Expecting value"),
    "of Latin-1": (lambda at: at.write_bytes(LATIN_1), "'utf-8' codec can't decode"),
    "cut off": (lambda at: at.write_text('{"host": '), "Expecting value"),
    "a list": (lambda at: at.write_text("[1]"), "it holds no JSON object"),
    "a text": (lambda at: at.write_text('"x"'), "it holds no JSON object"),
    "null": (lambda at: at.write_text("null"), "it holds no JSON object"),
    "nested deeply": (lambda at: at.write_text("[" * DEEP), "maximum recursion depth"),
}


@pytest.mark.parametrize(("make", "said"), CONFIGS.values(), ids=CONFIGS)
def test_a_config_file(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    make(tmp_path / "config.json")
    load = run(tmp_path, "config.json")
    check_sentence(load, 2, "A config file cannot be read: ", said, "Correct the file")


@pytest.mark.parametrize("config", ["ENV", "config.json"])
def test_a_dotenv_file_of_latin_1(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / ".env").write_bytes(b"NAME=" + LATIN_1)
    load = run(tmp_path, config, lines(FIRST))
    check_sentence(load, 2, ".env cannot be read: it is not UTF-8. Make it", "Nothing was loaded.")


def test_a_dotenv_file_with_a_null_character(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"NAME=\0\n")
    check_sentence(run(tmp_path, "ENV"), 2, ".env cannot be read: embedded null byte. Make it")


@pytest.mark.parametrize(
    "make",
    [lambda at: at.mkdir(), lambda at: at.symlink_to(at.name)],
    ids=["a folder", "a link in a circle"],
)
def test_a_dotenv_file_that_is_none(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / ".env")
    check_sentence(run(tmp_path, "ENV", lines(FIRST)), 2, "There is no database to load into.")


JSONL, GZIP, CSV = "1.jsonl", "1.jsonl.gz", "1.csv"
NO_OBJECTS = "does not hold a JSON object in each line: "
BATCH_FILES: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a folder": (JSONL, lambda at: at.mkdir(), "cannot be read: Is a directory. Something else"),
    "a link in a circle": (
        CSV,
        lambda at: at.symlink_to(at.name),
        "cannot be read: Too many levels of symbolic links.",
    ),
    "below a file": (
        JSONL,
        lambda at: (
            at.parent.rename(at.parent.with_name("moved")).joinpath(".lock").rename(at.parent)
        ),
        "cannot be read: Not a directory.",
    ),
    # what a full disk leaves: to gzip, it would be a whole file of no rows
    "empty": (JSONL, lambda at: at.touch(), "is not whole: it is empty. Its writer"),
    "empty and packed": (GZIP, lambda at: at.touch(), "is not whole: it is empty. Its writer"),
    "empty CSV": (CSV, lambda at: at.touch(), "is not whole: it is empty. Its writer"),
    "not packed": (GZIP, lambda at: at.write_text('{"Id": "2"}\n'), "is not whole: Not a gzipped"),
    "cut off": (JSONL, lambda at: at.write_text('{"Id": '), NO_OBJECTS + "Expecting value"),
    "of Latin-1": (JSONL, lambda at: at.write_bytes(b'{"Id":"' + LATIN_1), NO_OBJECTS + "'utf-8'"),
    "of lists": (JSONL, lambda at: at.write_text("[1]\nnull\n"), NO_OBJECTS + "a line holds"),
    "nested deeply": (
        GZIP,
        lambda at: at.write_bytes(gzip.compress(b"[" * DEEP)),
        NO_OBJECTS + "maximum recursion depth",
    ),
}


@pytest.mark.parametrize(("name", "make", "said"), BATCH_FILES.values(), ids=BATCH_FILES)
def test_a_batch_file(
    tmp_path: Path, database_url: str, name: str, make: Callable[[Path], object], said: str
) -> None:
    file = batch_file(tmp_path / "run" / name, [{"Id": "2"}])
    file.unlink()
    make(file)
    message = batch(file, compression="gzip" if name == GZIP else "none")
    load = Loader(tmp_path, database_url).load(*FIRST, message, state(2))
    check_sentence(load, 1, f"Batch file {file} {said}", "un", "No STATE beyond the file")
    assert load.states == [1]
    assert rows(database_url) == [("1",)]


@pytest.mark.parametrize("settings", [{}, KEYED], ids=["copied", "merged"])
def test_a_batch_file_that_is_emptied_meanwhile(
    tmp_path: Path, database_url: str, settings: dict[str, Any]
) -> None:
    file = batch_file(tmp_path / "run" / JSONL, [{"Id": "2"}])
    loader = Loader(tmp_path, database_url, **settings)
    load = loader.load_meanwhile(FIRST, lambda: os.truncate(file, 0), batch(file), state(2))
    check_sentence(load, 1, f"Batch file {file} is not whole: it is empty.")
    assert load.states == []


REFUSING = """
    create function taskwho.refuse() returns trigger language plpgsql as
    $$ begin raise exception 'as it would' using errcode = '{}'; end $$;
    create trigger refuse before insert on taskwho.rows for each row execute function
    taskwho.refuse()
"""
READ_ONLY = """
    alter database {} set default_transaction_read_only = on;
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""
CHANGED = "The table to load into does not have the shape that this load needs: "
A_COLUMN_THAT_MUST_BE_SET = """
    alter table taskwho.rows add y int;
    update taskwho.rows set y = 1;
    alter table taskwho.rows alter y set not null
"""
AS_A_VIEW = "alter table taskwho.rows rename to other; create view taskwho.rows as select 1 as x"
DATABASES: dict[str, tuple[dict[str, Any], str, int, str]] = {
    "without the schema": ({}, "drop schema taskwho cascade", 1, f'{CHANGED}schema "taskwho"'),
    "without the table": ({}, "drop table taskwho.rows", 1, f'{CHANGED}relation "taskwho.rows"'),
    "without the column": (
        {},
        'alter table taskwho.rows rename "Id" to x',
        1,
        f'{CHANGED}column "Id" of relation "rows" does not exist. Somebody',
    ),
    "with a column of another type": (
        KEYED,
        'alter table taskwho.rows alter "Id" type integer using 1',
        1,
        f"{CHANGED}Altering columns is not supported.",
    ),
    "with a view": (KEYED, AS_A_VIEW, 1, f"{CHANGED}Could not reflect"),
    "with a column that must be set": (
        {},
        A_COLUMN_THAT_MUST_BE_SET,
        1,
        'The database refused the rows: null value in column "y"',
    ),
    "read-only": ({}, READ_ONLY, 2, "The database takes no writes: cannot execute COPY FROM"),
    "full": ({}, REFUSING.format("53100"), 1, "The database server has no room left: as it would."),
    "that ends": ({}, REFUSING.format("57P01"), 1, "The connection to the database was lost: as"),
}


@pytest.mark.parametrize(("settings", "change", "code", "said"), DATABASES.values(), ids=DATABASES)
def test_a_database_that_changes_meanwhile(
    tmp_path: Path, database_url: str, settings: dict[str, Any], change: str, code: int, said: str
) -> None:
    def changes() -> None:
        query(database_url, change.replace("{}", database_of(database_url)))

    loader = Loader(tmp_path, database_url, **settings)
    load = loader.load_meanwhile(FIRST, changes, record(Id="2"), state(2))
    check_sentence(load, code, said, "un", "What was committed stays.")
    assert load.states == []


def test_a_database_that_goes_meanwhile(tmp_path: Path, postgres: Server) -> None:
    url = postgres.create()
    load = Loader(tmp_path, url).load_meanwhile(
        FIRST, lambda: postgres.drop(url), record(Id="2"), state(2)
    )
    check_sentence(load, 2, "The database cannot be reached: ", "does not exist. Check that it")
    assert load.states == []


def test_a_table_that_somebody_locks_meanwhile(tmp_path: Path, database_url: str) -> None:
    url = url_of(database_url, options="-c lock_timeout=200ms")
    with psycopg.connect(database_url) as holder:
        load = Loader(tmp_path, url, **KEYED).load_meanwhile(
            FIRST,
            lambda: holder.execute("lock table taskwho.rows"),
            record(Id="2"),
            state(2),
        )
    check_sentence(load, 1, "The database refused the rows: ", "due to lock timeout", "Remove")
    assert load.states == []
