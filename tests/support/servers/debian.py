"""Servers of Debian's PostgreSQL 15, which the embedded one cannot be: with TLS, with a standby."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.support.postgresql import query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BIN = Path("/usr/lib/postgresql/15/bin")
PASSWORD = "s3cr3t/w0rd"
PORT = 5432
NAME = "crm"  # of the database, and of the role that owns it and nothing else
needs_postgresql_15 = pytest.mark.skipif(
    not (BIN / "initdb").exists(), reason="Debian's PostgreSQL 15 is not installed"
)
HBA = ("local all all scram-sha-256", "local replication all scram-sha-256")
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "16MB",
}


def account() -> dict[str, Any]:
    """Arguments for subprocess by which the servers' user runs a program: root may not."""
    if os.geteuid() == 0:
        return {"user": "postgres", "group": "postgres", "extra_groups": []}
    return {}


def give(path: Path) -> None:
    """Give a file or folder to the user of the servers."""
    if os.geteuid() == 0:
        shutil.chown(path, "postgres")


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder of the servers' user; a socket's path may have 107 bytes, so it is short."""
    with tempfile.TemporaryDirectory(prefix="tw-db-", ignore_cleanup_errors=True) as name:
        give(Path(name))
        yield Path(name)


@dataclass(frozen=True)
class Cluster:
    """A server with its socket in its folder."""

    folder: Path

    @property
    def data(self) -> Path:
        """The folder of its data."""
        return self.folder / "data"

    def url(self, user: str = NAME, database: str = NAME) -> str:
        """The URL of a database, by the socket."""
        host = quote(str(self.folder), safe="")
        return f"postgresql://{user}:{quote(PASSWORD, safe='')}@{host}/{database}"

    def run(self, program: str, *words: str | Path) -> None:
        """Run one of PostgreSQL's programs."""
        done = subprocess.run(
            [BIN / program, *words],
            **account(),
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PGPASSWORD": PASSWORD},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def set(self, **settings: str) -> None:
        """Add lines to the configuration, which hold from the next start on."""
        lines = [f"{name} = {value}\n" for name, value in settings.items()]
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(lines)

    def admit(self, *lines: str) -> None:
        """Replace the rules of who may connect."""
        (self.data / "pg_hba.conf").write_text("".join(f"{line}\n" for line in lines))

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = ("--log", self.folder / "log")
        self.run("pg_ctl", "start", "--silent", "--wait", "--pgdata", self.data, *log)

    def stop(self) -> None:
        """End the server as a crash does."""
        self.run("pg_ctl", "stop", "--silent", "--mode", "immediate", "--pgdata", self.data)


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """Start a server, and end it if it still runs."""
    cluster.start()
    try:
        yield cluster
    finally:
        if (cluster.data / "postmaster.pid").exists():
            cluster.stop()


@contextmanager
def made(hba: Sequence[str] = HBA, **settings: str) -> Iterator[Cluster]:
    """Give a new server with the database `crm`, owned by a role that is no superuser."""
    with folder() as place:
        cluster = Cluster(place)
        password = place / "password"
        password.write_text(PASSWORD)
        give(password)
        role = ("--username", "postgres", "--pwfile", password, "--auth", "scram-sha-256")
        text = ("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        cluster.run("initdb", "--pgdata", cluster.data, *role, *text)
        socket = {"unix_socket_directories": f"'{place}'"}
        cluster.set(**(SETTINGS | socket | settings))
        cluster.admit(*hba)
        with running(cluster):
            admin = cluster.url("postgres", "postgres")
            query(admin, f"create role {NAME} login password '{PASSWORD}'")
            query(admin, f"create database {NAME} owner {NAME}")
            yield cluster


@contextmanager
def standby_of(primary: Cluster) -> Iterator[Cluster]:
    """Give a hot standby that follows a server."""
    with folder() as place:
        standby = Cluster(place)
        source = f"host={primary.folder} port={PORT} user=postgres"
        words = ("--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        standby.run("pg_basebackup", "--pgdata", standby.data, "--dbname", source, *words)
        standby.set(unix_socket_directories=f"'{place}'")
        with running(standby):
            yield standby
