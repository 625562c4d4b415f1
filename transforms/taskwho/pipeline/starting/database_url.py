"""The URL of a run's database; the embedded PostgreSQL is started where it is that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import unquote

from taskwho.model import dotenv_file, project
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import NO_DATABASE

if TYPE_CHECKING:
    from pathlib import Path


def require_database(at: Path) -> str:
    """The URL of the database, after the embedded one was started if it is that.

    Raises TaskwhoError where no database is set: none is started by accident.
    """
    url = dotenv_file.database_url(at)
    if url is None:
        raise TaskwhoError(NO_DATABASE, file=at / ".env")
    folder = project.own_path(at) / "postgres"
    if not folder.exists() and str(folder) not in unquote(url):
        return url  # the project has no embedded one
    # slow to import
    from taskwho.database import embedded  # noqa: PLC0415

    return start_embedded(at, url) if embedded.is_embedded(url, at) else url


def start_embedded(at: Path, url: str | None) -> str:
    """The URL at which it was started; `.env` gets it too, each with a database of its own."""
    from taskwho.database import embedded  # noqa: PLC0415 - slow to import

    started, stored = embedded.start(at), dotenv_file.stored_url(at)
    if stored is not None and embedded.is_embedded(stored, at):
        current = embedded.in_place(stored, started)
        if current != stored:
            dotenv_file.store_database_url(at, current)
    url = started if url is None else embedded.in_place(url, started)
    # for the rest of this process; other processes read .env
    os.environ[dotenv_file.URL_NAME] = url
    return url
