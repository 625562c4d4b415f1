"""Before the tap runs: a database that can be reached, with the schema `taskwho` in it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from taskwho.database import embedded, result_tables
from taskwho.database.connection import check_usable, connect
from taskwho.database.failures import in_words
from taskwho.database.migrate import migrate
from taskwho.model import dotenv_file
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import ANOTHER_DATABASE_IS_SET, NO_DATABASE
from taskwho.model.outcome import RunOutcome
from taskwho.model.project import own_folder
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline import meltano_files, run_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import psycopg

_LOST = (
    "The tables of {streams} had rows and have none now, so the next run reads them from the "
    "beginning."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The database's URL, and a line for the terminal."""

    url: str
    message: str


def prepare(
    at: Path, settings: PostLoadSettings | None = None, *, with_embedded: bool = False
) -> Prepared:
    """Check the database, after the embedded one was started if asked for, and migrate `taskwho`.

    As the first step of a run, it begins that run, and reports one before it that did not finish.
    Raises TaskwhoError where the database cannot be reached or migrated.
    """
    meltano_files.tidy(at)
    settings = settings or PostLoadSettings()
    url = _require_embedded(at) if with_embedded else _required(at, settings)
    own_folder(at)
    meltano_files.close_batches(at)
    lost = _begin(url, settings) if is_first_step() else _make_ready(url)
    if lost:
        return Prepared(url, f"The database is ready. {said_of_lost(lost)}")
    if with_embedded:
        return Prepared(url, f"The embedded PostgreSQL is ready. Its URL is in {at / '.env'}.")
    return Prepared(url, "The database is ready.")


def make_ready(connection: psycopg.Connection[Any]) -> list[str]:
    """Check the database and migrate its schema; the streams whose tables have lost their rows.

    Their bookmarks are gone. Raises TaskwhoError where it cannot be migrated.
    """
    check_usable(connection)
    migrate(connection)
    return result_tables.forget_lost(connection)


def is_first_step() -> bool:
    """Whether this process is a step of `meltano run`, whose first one `prepare` is.

    Meltano tells a utility its name (meltano.core.plugin.project_plugin, info_env).
    """
    return "MELTANO_UTILITY_NAME" in os.environ


def _required(at: Path, settings: PostLoadSettings) -> str:
    if not is_first_step():
        return require_database(at)
    with failure_reported(settings):
        return require_database(at)


def _make_ready(url: str) -> list[str]:
    with in_words(), connect(url) as connection:
        return make_ready(connection)


def _begin(url: str, settings: PostLoadSettings) -> list[str]:
    """The same at the beginning of a run, which is reported whatever becomes of it."""
    # not needed otherwise, and slow to import
    from taskwho.pipeline.ending.announce import announce_dead  # noqa: PLC0415

    with failure_reported(settings, url), in_words(), connect(url) as connection:
        lost = make_ready(connection)
        dead = run_rows.open_run(connection, settings.reports_dir)
        announce_dead(connection, url, settings, dead)
        return lost


@contextlib.contextmanager
def failure_reported(settings: PostLoadSettings, url: str | None = None) -> Iterator[None]:
    """Report a run that cannot begin; `url` is None while its database is not known.

    The error has the result. A folder in which nothing has run stays as it is: it may be the wrong
    one.
    """
    began = datetime.now(UTC)
    try:
        yield
    except TaskwhoError as error:
        if url is None and not is_first_step() and not settings.reports_dir.is_dir():
            raise
        # slow to import
        from taskwho.pipeline.promote_and_report import report_failure  # noqa: PLC0415

        error.result = report_failure(url, error, settings, RunOutcome(started_at=began))
        raise


def said_of_lost(streams: Sequence[str]) -> str:
    """Why the next run reads more than a person expects."""
    return _LOST.format(streams=", ".join(streams))


def require_database(at: Path) -> str:
    """The URL of the database, after the embedded one was started if it is that.

    Raises TaskwhoError where no database is set: none is started by accident.
    """
    url = dotenv_file.database_url(at)
    if url is None:
        raise TaskwhoError(NO_DATABASE, file=at / ".env")
    return _start_embedded(at, url) if embedded.is_embedded(url, at) else url


def _require_embedded(at: Path) -> str:
    given, stored = dotenv_file.database_url(at), dotenv_file.stored_url(at)
    if any(not embedded.is_embedded(url, at) for url in (given, stored) if url is not None):
        raise TaskwhoError(ANOTHER_DATABASE_IS_SET, file=at / ".env")
    url = _start_embedded(at, given)
    if stored is None:
        dotenv_file.store_database_url(at, url)
    return url


def _start_embedded(at: Path, url: str | None) -> str:
    """The URL at which it was started; `.env` gets it too, each with a database of its own."""
    started, stored = embedded.start(at), dotenv_file.stored_url(at)
    if stored is not None and embedded.is_embedded(stored, at):
        current = embedded.in_place(stored, started)
        if current != stored:
            dotenv_file.store_database_url(at, current)
    url = started if url is None else embedded.in_place(url, started)
    # for the rest of this process; other processes read .env
    os.environ[dotenv_file.URL_NAME] = url
    return url


def stop_embedded(at: Path) -> str:
    """Stop the embedded database, and say what happened."""
    if embedded.stop(at):
        return "The embedded PostgreSQL is stopped. The next run starts it again."
    return "The embedded PostgreSQL was not running."
