"""Before the tap runs: a database that can be reached, with the schema `taskwho`."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.database import embedded, result_tables
from taskwho.database.connection import check_encoding, connect
from taskwho.database.migrate import migrate
from taskwho.model import dotenv_file
from taskwho.model.salesforce_settings import PREFIX
from taskwho.pipeline import meltano_files

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger("taskwho")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The database's URL, and a line for the terminal."""

    url: str
    message: str


def prepare(at: Path) -> Prepared:
    """Start the embedded database if there is no other, and migrate its schema `taskwho`.

    Raises TaskwhoError where the database cannot be reached or migrated.
    """
    meltano_files.tidy(at)
    given = dotenv_file.database_url(at)
    url = require_database(at)
    make_ready(url, mode=os.environ.get(f"{PREFIX}MODE") or "incremental")
    if given is None:
        return Prepared(url, "Embedded PostgreSQL started in .taskwho/; its URL is in .env.")
    return Prepared(url, "The database is ready.")


def make_ready(url: str, *, mode: str) -> None:
    """Check the database, migrate its schema, and let an incremental run see what was lost.

    Raises TaskwhoError where it cannot be reached or migrated.
    """
    with connect(url) as connection:
        check_encoding(connection)
        migrate(connection)
        if mode == "incremental":
            for stream in result_tables.forget_lost(connection):
                logger.warning(
                    "The table of %s has lost its rows since the last run, so this run reads "
                    "everything.",
                    stream,
                )


def require_database(at: Path) -> str:
    """The URL of the database. Starts it if it is the embedded one."""
    url = dotenv_file.database_url(at)
    if url is not None and not embedded.is_embedded(url, at):
        return url
    started = embedded.start(at)
    if url is not None:
        started = embedded.in_place(url, started)
    if started != url:
        dotenv_file.store_database_url(at, started)
    # for the rest of this process; other processes read .env
    os.environ[dotenv_file.URL_NAME] = started
    return started


def stop_embedded(at: Path) -> str:
    """Stop the embedded database, and say what happened."""
    if embedded.stop(at):
        return "The embedded PostgreSQL is stopped. The next run starts it again."
    return "The embedded PostgreSQL was not running."
