"""What stands in the way of a command gets a sentence: what happened, what to do, what is kept.

A table of (file, folder, database, answer) by (missing, unreadable, of a wrong kind, full, changed
meanwhile). None of it is a bug, and none shows a traceback.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pytest
from psycopg import sql
from taskwho import cli
from taskwho.database import runs
from taskwho.pipeline import prepare

from tests.support import seed
from tests.support.postgresql import query
from tests.support.seed import relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IS_ROOT = os.geteuid() == 0
KEPT = "What landed is kept"


class Ended(NamedTuple):
    """How a command ended in this process."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Run a command in an empty folder, with a row that has landed."""
    seed.land(url, [relation(1)])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("TASKWHO_EXPLAIN", "false")

    def command(*words: str) -> Ended:
        monkeypatch.setattr("sys.argv", ["taskwho", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return command


def check_sentence(ended: Ended, *parts: str) -> None:
    """Raise AssertionError where it is no sentence for a person, or lacks one of the parts."""
    text = ended.out + ended.err
    assert ended.code in (1, 2), text
    assert "Error: " in text
    for word in ("Traceback", "bug", "foresaw", "None", "Errno"):
        assert word not in text
    for part in parts:
        assert part in text


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that is full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if not IS_ROOT or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    with (folder / "filler").open("wb", buffering=0) as filler:
        while True:
            try:
                filler.write(b"x" * 4096)
            except OSError:
                break
    yield folder
    subprocess.run(["umount", folder], check=True)  # noqa: S607 - of the system


DOTENV = {
    "of Latin-1": (lambda file: file.write_bytes(b"PASSWORD=\xe4\n"), "is not UTF-8 text. Save it"),
    "a folder": (lambda file: file.mkdir(), "cannot be read: Is a directory. Make it a file that"),
    "a broken link in a circle": (
        lambda file: file.symlink_to(file.name),
        "cannot be read: Too many levels of symbolic links",
    ),
}


@pytest.mark.parametrize(("make", "said"), DOTENV.values(), ids=DOTENV)
def test_a_dotenv_file(
    run: Callable[..., Ended], tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    make(tmp_path / ".env")
    ended = run("post-load")
    check_sentence(ended, f"The file {tmp_path / '.env'} {said}")
    assert ended.code == 2


def test_a_dotenv_file_that_may_not_be_read(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("X=1")
    (tmp_path / ".env").chmod(0)
    if IS_ROOT:  # who reads everything

        def refused(*_: object, **__: object) -> str:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr("pathlib.Path.read_text", refused)
    check_sentence(run("report"), "cannot be read: Permission denied. Make it a file that you may")


REPORTS = {
    "a file": (lambda at: at.touch(), "is a file"),
    "below a file": (lambda at: (at.touch(), at / "reports")[1], "Not a directory"),
    "a link to nowhere": (lambda at: at.symlink_to("nowhere/deeper"), "File exists"),
}


@pytest.mark.parametrize(("make", "said"), REPORTS.values(), ids=REPORTS)
def test_a_folder_of_reports(
    run: Callable[..., Ended],
    tmp_path: Path,
    url: str,
    make: Callable[[Path], Path | None],
    said: str,
) -> None:
    folder = make(tmp_path / "out") or tmp_path / "out"
    ended = run("post-load", "--reports-dir", str(folder))
    check_sentence(ended, str(folder), said)
    # a promotion that has ended is kept
    assert seed.stored(url) or ended.code == 2
    check_sentence(run("report", "--reports-dir", str(folder)), said)


def test_a_full_disk_for_reports(run: Callable[..., Ended], small_disk: Path, url: str) -> None:
    ended = run("post-load", "--reports-dir", str(small_disk), "--max-records", "0")
    check_sentence(ended, "The report cannot be written to", "No space left on device", "is kept")
    assert seed.stored(url)
    assert sorted(file.name for file in small_disk.iterdir() if file.stat().st_size) == ["filler"]


def test_a_full_disk_for_settings_batches_and_log(
    run: Callable[..., Ended], small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASKWHO_HOME", str(small_disk))
    monkeypatch.setenv("TAP_SALESFORCE_TASKWHO_ACCESS_TOKEN", "nobody-s")
    check_sentence(
        run("sync"), f"The folder {small_disk} cannot be written: No space left on device."
    )


HOMES = {
    "a file": (lambda at: at.touch(), "File exists"),
    "a link in a circle": (lambda at: at.symlink_to(at.name), "File exists"),
}


@pytest.mark.parametrize(("make", "said"), HOMES.values(), ids=HOMES)
def test_a_home(
    run: Callable[..., Ended], tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    make(tmp_path / ".taskwho")
    check_sentence(run("sync"), "cannot be written", said, "Nothing was read.")


def test_a_bug_whose_details_cannot_be_written(
    run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(prepare, "prepare", broken)
    (tmp_path / ".taskwho").touch()
    ended = run("prepare")
    assert ended.code == 1
    assert ended.err.startswith("Error: ZeroDivisionError inside taskwho, at line ")
    assert "This is a bug of taskwho. Its details could not be written to" in ended.err
    assert "Traceback" not in ended.err


def test_an_operation_without_a_file_that_the_system_refuses(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(prepare, "prepare", refused)
    check_sentence(run("prepare"), "refused an operation: Too many open files.", KEPT)


COMMANDS = [["report"], ["why", relation(1)["Id"]], ["prepare"], ["post-load"]]
ANSWERS: dict[str, tuple[Exception, str, int]] = {
    "a time-out": (psycopg.errors.QueryCanceled(), "ended a statement before it was done", 1),
    "a lost connection": (psycopg.OperationalError(), "The connection to the database was lost", 1),
    "a server that ends": (psycopg.errors.AdminShutdown(), "The connection to the database", 1),
    "a standby": (psycopg.errors.ReadOnlySqlTransaction(), "The database takes no writes", 2),
    "a full server": (psycopg.errors.DiskFull(), "The database server has no room left", 1),
    "no right": (psycopg.errors.InsufficientPrivilege(), "lacks a right", 2),
    "a table that changed": (psycopg.errors.UndefinedColumn(), "refused a statement", 1),
}


@pytest.mark.parametrize(("error", "said", "code"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_of_the_database(
    run: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    said: str,
    code: int,
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(runs, "past", refused)
    ended = run("report")
    check_sentence(ended, said, KEPT)
    assert ended.code == code


def test_a_statement_time_out_of_the_role(
    run: Callable[..., Ended], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(url) as holder:
        holder.execute("lock table taskwho.runs in access exclusive mode")
        monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=200ms")
        check_sentence(
            run("report"),
            "PostgreSQL ended a statement before it was done: canceling statement due to statement "
            "timeout. The role or the database sets statement_timeout",
        )


def test_a_percent_sign_in_the_name_of_a_table(
    run: Callable[..., Ended], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for before, setting in (("sf_taskwhorelations", "RELATIONS"), ("sf_activities", "ACTIVITIES")):
        name = f"100 %(x)s {before} %"
        rename = sql.SQL("alter table {} rename to {}")
        query(url, rename.format(sql.Identifier(before), sql.Identifier(name)))
        monkeypatch.setenv(f"TASKWHO_{setting}_TABLE", name)
    assert run("post-load").code == 0
    told = run("why", relation(1)["Id"])
    assert told.code == 0
    assert "In the table public.100 %(x)s sf_taskwhorelations %" in told.out
    assert run("why", seed.task(1)).code == 0


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_output_that_nobody_takes(run: Callable[..., Ended], words: list[str]) -> None:
    run("post-load")
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - no path of ours
        done = subprocess.run(
            [sys.executable, "-m", "taskwho", *words],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert (done.returncode, done.stderr) == (0, "")
