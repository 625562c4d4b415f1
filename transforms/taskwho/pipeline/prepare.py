"""Before the tap runs: a database that can be reached, with the schema `taskwho` in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from taskwho.database import embedded, result_tables
from taskwho.database.connection import check_usable, connect
from taskwho.database.failures import in_words
from taskwho.database.migrate import migrate
from taskwho.model import dotenv_file
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.embedded import ANOTHER_DATABASE_IS_SET
from taskwho.model.project import own_folder
from taskwho.model.settings import PostLoadSettings
from taskwho.pipeline import meltano_files, run_rows
from taskwho.pipeline.starting.database_url import require_database, start_embedded
from taskwho.pipeline.starting.failed_start import failure_reported, is_first_step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import psycopg

_LOST = (
    "The tables of {streams} have lost their rows, or other tables are set now. So these streams "
    "are read from the beginning."
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


def make_ready(
    connection: psycopg.Connection[Any], settings: PostLoadSettings | None = None
) -> list[str]:
    """Check the database and migrate its schema; the streams whose tables have lost their rows.

    Their bookmarks are gone. `settings` tell into which tables the run that begins writes; of a job
    whose promotion may be given others, they are unknown here, and the promotion looks. Raises
    TaskwhoError where the database cannot be migrated.
    """
    check_usable(connection)
    migrate(connection)
    return result_tables.forget_lost(connection, settings.result_tables if settings else None)


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


def said_of_lost(streams: Sequence[str]) -> str:
    """Why the next run reads more than a person expects."""
    return _LOST.format(streams=", ".join(streams))


def _require_embedded(at: Path) -> str:
    given, stored = dotenv_file.database_url(at), dotenv_file.stored_url(at)
    if any(not embedded.is_embedded(url, at) for url in (given, stored) if url is not None):
        raise TaskwhoError(ANOTHER_DATABASE_IS_SET, file=at / ".env")
    url = start_embedded(at, given)
    if stored is None:
        dotenv_file.store_database_url(at, url)
    return url


def stop_embedded(at: Path) -> str:
    """Stop the embedded database, and say what happened."""
    if embedded.stop(at):
        return "The embedded PostgreSQL is stopped. The next run starts it again."
    return "The embedded PostgreSQL was not running."
