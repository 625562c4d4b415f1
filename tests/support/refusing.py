"""Databases that refuse a connection, each in its way."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg import sql

from tests.support.postgresql import database_of, guest_url, query, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "s3cr3t-w0rd"
# what is wrong -> what PostgreSQL says of it, and what taskwho says to do
REFUSALS = {
    "server down": ("Connection refused", "Check that PostgreSQL runs there, and host and port"),
    "wrong password": ("password authentication failed", "Check user and password"),
    "no such database": ('database "nowhere" does not exist', "Create it, or name another one"),
    "no such role": ("password authentication failed", "Check user and password"),
    "too many connections of the role": ("too many connections for role", "Wait until"),
    "too many connections to the database": ("too many connections for database", "Wait until"),
    "may not log in": ("is not permitted to log in", "give this user the attribute LOGIN"),
}


@contextmanager
def refused_url(refusal: str, url: str) -> Iterator[str]:
    """Give a URL that refuses as named, made of the URL of a superuser."""
    with guest_url(url) as guest:
        may_create(guest, url)
        match refusal:
            case "server down":
                yield f"postgresql://somebody:{PASSWORD}@127.0.0.1:1/nowhere"
            case "wrong password":
                yield url_of(guest, user=role_of(guest), password=PASSWORD)
            case "no such role":
                yield url_of(guest, user="nobody-here", password=PASSWORD)
            case "no such database":
                yield url_of(guest, database="nowhere")
            case "too many connections of the role":
                limit_connections(guest, url, 0)
                yield guest
            case "too many connections to the database":
                name = sql.Identifier(database_of(url))
                query(url, sql.SQL("alter database {} connection limit 0").format(name))
                yield guest
            case "may not log in":
                query(url, sql.SQL("alter role {} nologin").format(sql.Identifier(role_of(guest))))
                yield guest


def may_create(guest: str, url: str) -> None:
    """Let a guest do what a run needs."""
    database, role = sql.Identifier(database_of(url)), sql.Identifier(role_of(guest))
    query(url, sql.SQL("grant create on database {} to {}").format(database, role))
    query(url, sql.SQL("grant create on schema public to {}").format(role))


def limit_connections(guest: str, url: str, limit: int) -> None:
    """Let a guest have so many connections."""
    role = sql.Identifier(role_of(guest))
    query(url, sql.SQL("alter role {} connection limit {}").format(role, sql.Literal(limit)))


def role_of(url: str) -> str:
    """The role of a URL."""
    return url.partition("//")[2].partition(":")[0]
