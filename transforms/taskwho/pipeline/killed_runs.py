"""Removes what a killed run left on the disk.

Meltano's config files hold secrets: a run that ends by itself removes them. A database that a
killed Meltano had only begun to create stops every later Meltano. The loader removes batch files.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator


def sweep(at: Path) -> None:
    """Remove files that are older than every Meltano that runs in this project."""
    left = [*_configs(at), *_empty_database(at)]
    if not left:
        return
    oldest = min(_living(at), default=float("inf"))
    for path in left:
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def _configs(at: Path) -> Iterator[Path]:
    return (_meltano_folder(at) / "run").glob("*/*.config.json")


def _empty_database(at: Path) -> Iterator[Path]:
    """Meltano's own database, if its tables are all empty: Meltano creates another one."""
    path = _meltano_folder(at) / "meltano.db"
    if not path.is_file():
        return
    try:
        with contextlib.closing(sqlite3.connect(path)) as database:
            tables = database.execute("select name from sqlite_master where type = 'table'")
            names = {name for (name,) in tables} - {"alembic_version"}
            filled = any(
                database.execute(f'select 1 from "{name}" limit 1').fetchone()  # noqa: S608 - its own
                for name in names
            )
    except sqlite3.Error:
        return  # a running Meltano has locked it, or it is no SQLite file: Meltano says so
    if not filled:
        yield path


def _meltano_folder(at: Path) -> Path:
    return Path(os.environ.get("MELTANO_SYS_DIR_ROOT") or at / ".meltano")


def _living(at: Path) -> Iterator[float]:
    """When each Meltano of this project began. One whose folder cannot be read counts too."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if not any(Path(word).name == "meltano" for word in process.cmdline()[:3]):
                continue
            began = process.create_time()
            try:
                here = Path(process.cwd()).resolve() == at.resolve()
            except psutil.AccessDenied:
                here = True
            if here:
                yield began
