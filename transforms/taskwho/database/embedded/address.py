"""The URL of the embedded server: its socket's folder, and its password."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import conninfo, pq

from taskwho.database.connection import libpq_url
from taskwho.database.embedded import outside
from taskwho.database.embedded.postmaster import PORT
from taskwho.model.atomic_file import write_atomically
from taskwho.model.errors import TaskwhoError

if TYPE_CHECKING:
    from pathlib import Path

    from taskwho.database.embedded.layout import Layout

# macOS takes 103 bytes in the path of a socket, Linux 107
_LONGEST_FOLDER = 103 - len(f"/.s.PGSQL.{PORT}")
_ANSWER_SECONDS = 5


def create_password(layout: Layout) -> None:
    """Keep a new password unless there is one."""
    if not layout.password.exists():
        write_atomically(layout.password, secrets.token_urlsafe(32))


def url(layout: Layout) -> str:
    """The URL of the database postgres. It holds the password."""
    password = layout.password.read_text("utf-8")
    host = quote(os.fsencode(_reachable_folder(layout)))
    return f"postgresql://postgres:{password}@/postgres?host={host}&port={PORT}"


def answers(layout: Layout) -> bool:
    """Whether the server takes connections."""
    target = conninfo.make_conninfo(url(layout), connect_timeout=_ANSWER_SECONDS)
    return pq.PGconn.ping(target.encode()) == pq.Ping.OK


def in_place(url: str, started: str) -> str:
    """The URL with its own database at the place where the server was started."""
    parts = urlsplit(started)
    return parts._replace(path=urlsplit(url).path or parts.path).geturl()


def is_of(layout: Layout, url: str) -> bool:
    """Whether a URL is that of this server. Its password knows it, also where it was moved."""
    try:
        given = conninfo.conninfo_to_dict(libpq_url(url))
    except (psycopg.ProgrammingError, TaskwhoError):
        return False  # no URL: connecting says so
    if layout.password.exists() and given.get("password") == layout.password.read_text("utf-8"):
        return True
    # `home` was the socket's folder in earlier releases
    return given.get("host") in {str(layout.run), str(layout.home)}


def _reachable_folder(layout: Layout) -> Path:
    """The socket's folder, or a short link to it; libpq also divides hosts at commas."""
    run = layout.run
    if len(os.fsencode(run)) <= _LONGEST_FOLDER and "," not in str(run):
        return run
    made = outside.folders(layout.home, outside.SOCKET)
    link = (made[0] if made else outside.create(layout.home, outside.SOCKET)) / "run"
    if not link.is_symlink() or link.readlink() != run:
        link.unlink(missing_ok=True)
        link.symlink_to(run)
    return link
