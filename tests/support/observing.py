"""Watches a run from outside: rows landed, locks, processes, files."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import psycopg

from tests.support.meltano_project import SECONDS_TO_END

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg.abc import Query

NAP_SECONDS = 0.01
WAITS_FOR_A_LOCK = """
    select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
"""
IN_PROMOTION = """
    select pid from pg_stat_activity
    where datname = current_database() and application_name = 'taskwho' and xact_start is not null
"""
HAS_LANDED = "select 1 from taskwho.task_who_relations limit 1"
IS_COMMITTED = "select 1 from taskwho.runs where report_status = 'pending'"


def wait_for(happens: Callable[[], object], what: str) -> None:
    """Wait until something is seen."""
    deadline = time.monotonic() + SECONDS_TO_END
    while not happens():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(NAP_SECONDS)


def is_seen(url: str, query: Query) -> bool:
    """Whether a query gives any row. A table that does not exist has none."""
    try:
        with psycopg.connect(url) as connection:
            return connection.execute(query).fetchone() is not None
    except psycopg.errors.UndefinedTable:
        return False


def plugin(root: int, command: str) -> psutil.Process | None:
    """The process of a command, among those that a process started in any session."""
    try:
        for child in psutil.Process(root).children(recursive=True):
            if command in _names(child):
                return child
    except psutil.NoSuchProcess:
        pass
    return None


def child(root: int, part: str) -> psutil.Process | None:
    """The process of the tap or the loader that a `taskwho sync` started."""
    try:
        for process in psutil.Process(root).children():
            with contextlib.suppress(psutil.Error):
                if process.cmdline()[3:5] == ["taskwho.pipeline.plugins.child", part]:
                    return process
    except psutil.NoSuchProcess:
        pass
    return None


def living(folder: Path) -> list[str]:
    """Processes that run in a folder, without the database, which outlives a run.

    A process without a command line is on its way out: its memory is gone already.
    """
    found = []
    for process in psutil.process_iter():
        try:
            here = Path(process.cwd()).is_relative_to(folder) and process.pid != os.getpid()
            if here and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(_names(process)))
        except psutil.Error:
            continue
    return [names for names in found if names and not names.startswith("postgres")]


def files_left(folder: Path) -> list[str]:
    """Files with secrets and rows that no run that has ended may leave in a project."""
    patterns = (".meltano/run/*/*.config.json", ".taskwho/batches/*/*", ".taskwho/runs/*")
    return [str(file) for pattern in patterns for file in folder.glob(pattern)]


def _names(process: psutil.Process) -> list[Any]:
    try:
        return [Path(word).name for word in process.cmdline()[:2]]
    except psutil.Error:
        return []
