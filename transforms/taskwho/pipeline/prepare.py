"""Before the tap runs: a database that answers, with the landing tables."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.database import embedded, landing
from taskwho.database.connection import connect
from taskwho.model import dotenv_file
from taskwho.pipeline import killed_runs

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prepared:
    """The database's URL, and what to say."""

    url: str
    message: str


def prepare(at: Path) -> Prepared:
    """Start the embedded database if there is no other, and make the landing tables.

    Raises TaskwhoError where the database cannot be reached or refuses to make them.
    """
    killed_runs.sweep(at)
    given = dotenv_file.database_url(at)
    url = require_database(at)
    with connect(url) as connection:
        landing.ensure(connection)
    if given is None:
        return Prepared(url, "Embedded PostgreSQL started in .taskwho/; its URL is in .env.")
    return Prepared(url, "The database is ready.")


def require_database(at: Path) -> str:
    """The URL of the database, after the embedded one was started if it is that."""
    url = dotenv_file.database_url(at)
    if url is not None and not embedded.is_embedded(url, at):
        return url
    started = embedded.start(at)
    if url is not None:
        started = embedded.in_place(url, started)
    if started != url:
        dotenv_file.store_database_url(at, started)
    # a later look in this process finds it, as a later process does in .env
    os.environ[dotenv_file.URL_NAME] = started
    return started


def stop_embedded(at: Path) -> str:
    """Stop the embedded database; what happened, in words."""
    if embedded.stop(at):
        return "The embedded PostgreSQL is stopped. The next run starts it again."
    return "The embedded PostgreSQL was not running."
