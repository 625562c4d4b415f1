"""Projects with an embedded PostgreSQL of their own, in short folders outside of pytest's."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from taskwho.database import embedded
from taskwho.database.embedded import outside
from taskwho.database.embedded.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def folder_of(uid: int | None = None) -> Iterator[Path]:
    """An empty folder, of another account where its number is given; its server ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="tw-", dir="/tmp"))
    if uid is not None:
        os.chown(folder, uid, -1)
    yield folder
    end_server(folder)
    shutil.rmtree(folder, ignore_errors=True)


def end_server(project: Path) -> None:
    """Stop it, and remove what it keeps outside of the project."""
    with contextlib.suppress(FileNotFoundError):
        embedded.stop(project)
        for kind in (outside.SOCKET, outside.INITDB):
            for folder in outside.folders(Layout.of(project).home, kind):
                shutil.rmtree(folder)


def copy(project: Path, to: Path, how: str = "-a") -> None:
    """Copy a project as a person does: `-a` with its owners and times, `-r` without."""
    subprocess.run(["cp", how, project, to], check=True)  # noqa: S607 - of the system


def ask(url: str, question: str) -> object:
    """The one value that a query gives."""
    with psycopg.connect(url) as connection:
        [(answer,)] = connection.execute(question.encode()).fetchall()
    return answer


def note(url: str, text: str) -> None:
    """Keep a text in a table of the database."""
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists kept (text text)")
        connection.execute("insert into kept values (%s)", [text])


def notes(url: str) -> list[str]:
    """The texts that are kept."""
    with psycopg.connect(url) as connection:
        return [text for (text,) in connection.execute("select text from kept order by text")]


def postmaster_of(project: Path) -> int:
    """The number of its server process."""
    return int((Layout.of(project).data / "postmaster.pid").read_text().split()[0])
