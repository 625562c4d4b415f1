"""What is going on in a run, as others see it: pages served, rows landed, locks, processes."""

from __future__ import annotations

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
    """Whether a query over a connection of its own gives any row; none where it cannot."""
    try:
        with psycopg.connect(url) as connection:
            return connection.execute(query).fetchone() is not None
    except psycopg.errors.UndefinedTable:
        return False


def plugin(root: int, command: str) -> psutil.Process | None:
    """The process of a command among those that a process started, in whatever session."""
    try:
        for child in psutil.Process(root).children(recursive=True):
            if command in _names(child):
                return child
    except psutil.NoSuchProcess:
        pass
    return None


def living(folder: Path) -> list[str]:
    """Processes at work in a folder, but for the database that is meant to live on."""
    found = []
    for process in psutil.process_iter():
        try:
            here = Path(process.cwd()).is_relative_to(folder) and process.pid != os.getpid()
            if here and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(_names(process)))
        except psutil.Error:
            continue
    return [names for names in found if not names.startswith("postgres")]


def files_left(folder: Path) -> list[str]:
    """Files with secrets that no run that has ended may leave in a project."""
    return [str(file) for file in folder.glob(".meltano/run/*/*.config.json")]


def _names(process: psutil.Process) -> list[Any]:
    try:
        return [Path(word).name for word in process.cmdline()[:2]]
    except psutil.Error:
        return []
