"""The PostgreSQL server that the tests use, and databases on it that one test has to itself."""

from __future__ import annotations

import os
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql
from taskwho.database import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

Statement = str | sql.SQL | sql.Composed
VARIABLE = "TEST_DATABASE_URL"
# what a database needs to survive a power cut, and a test does not
DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


class Server:
    """A server, known by the URL of a superuser's database on it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def execute(self, statement: Statement) -> None:
        """Run one statement outside of a transaction."""
        query(self.url, statement)

    def create(self, template: str = "template0", *, strategy: str = "wal_log") -> str:
        """Create a database with a name of its own as a copy of a template; return its URL."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        statement = sql.SQL("create database {} template {} strategy {}")
        names = map(sql.Identifier, (name, template, strategy))
        self.execute(statement.format(*names))
        return url_of(self.url, database=name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is connected to it."""
        statement = sql.SQL("drop database if exists {} with (force)")
        self.execute(statement.format(sql.Identifier(database_of(url))))

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Give the URL of an empty database, or a template's copy, and drop it at the end."""
        url = self.create(template)
        try:
            yield url
        finally:
            self.drop(url)


@contextmanager
def server() -> Iterator[Server]:
    """Give the server that TEST_DATABASE_URL names, or start an embedded one for the tests."""
    if named := os.environ.get(VARIABLE):
        yield Server(named)
        return
    # a socket's path may have 107 bytes, so the folder's is short
    with tempfile.TemporaryDirectory(prefix="tw-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        started = Server(embedded.start(folder))
        try:
            for setting in DURABILITY:
                started.execute(
                    sql.SQL("alter system set {} = off").format(sql.Identifier(setting))
                )
            started.execute("select pg_reload_conf()")
            yield started
        finally:
            embedded.stop(folder)


def query(url: str, statement: Statement, *values: object) -> list[tuple[Any, ...]]:
    """Run a statement outside of a transaction; return its rows, if it has any."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def guest_url(url: str) -> Iterator[str]:
    """Give a database's URL for a role that may connect and nothing else; drop it at the end."""
    name, password = f"guest_{uuid.uuid4().hex[:12]}", uuid.uuid4().hex
    identifier = sql.Identifier(name)
    server = Server(url)
    server.execute(sql.SQL("create role {} login password {}").format(identifier, password))
    try:
        yield url_of(url, user=name, password=password)
    finally:
        server.execute(sql.SQL("drop owned by {} cascade").format(identifier))
        server.execute(sql.SQL("drop role {}").format(identifier))


def url_of(
    url: str,
    *,
    database: str | None = None,
    user: str | None = None,
    password: str = "",
    **parameters: str,
) -> str:
    """Change the database, or the user with the password, of a URL; add parameters of libpq."""
    parts = urlsplit(url)
    if database is not None:
        parts = parts._replace(path=f"/{quote(database)}")
    if user is not None:
        host = parts.netloc.rpartition("@")[2]
        parts = parts._replace(netloc=f"{quote(user)}:{quote(password, safe='')}@{host}")
    added = [f"{name}={quote(value, safe='')}" for name, value in parameters.items()]
    return parts._replace(query="&".join([*filter(None, [parts.query]), *added])).geturl()


def database_of(url: str) -> str:
    """Give the name of a URL's database."""
    return urlsplit(url).path.removeprefix("/")
