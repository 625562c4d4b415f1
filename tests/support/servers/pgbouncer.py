"""A PgBouncer in transaction mode, whose clients get another session for each transaction."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
import pytest

from tests.support.postgresql import url_of
from tests.support.servers.debian import NAME, PASSWORD, PORT, account, folder, give

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.servers.debian import Cluster

COMMAND = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin") or ""
needs_pgbouncer = pytest.mark.skipif(not COMMAND, reason="PgBouncer is not installed")
POOL = 6
SECONDS_TO_START = 30
# Each transaction goes to the session that has waited longest, never to the one of before.
CONFIG = """
[databases]
* = host={server} port={port}

[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {pool}
server_round_robin = 1
logfile = {folder}/log
"""
# What a session holds beyond a transaction. PgBouncer gives each client its own values of the
# parameters that it is told of (pgbouncer.org/config.html, track_extra_parameters).
LEFT = """
select 'setting ' || name from pg_settings
where source = 'session' and name not like 'transaction_%' and lower(name) not in (
    'client_encoding', 'datestyle', 'timezone', 'standard_conforming_strings', 'application_name'
)
union all select 'prepared ' || statement from pg_prepared_statements
union all select 'cursor ' || name from pg_cursors where name <> ''
union all select 'channel ' || channel from pg_listening_channels() as listened (channel)
union all select 'table ' || relname from pg_class where relnamespace = pg_my_temp_schema()
union all select 'function ' || proname from pg_proc where pronamespace = pg_my_temp_schema()
union all select 'lock' from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
"""


@contextmanager
def before(server: Cluster) -> Iterator[str]:
    """Give the URL of the server's database through a PgBouncer, all of its sessions open."""
    with folder() as place:
        config, users = place / "pgbouncer.ini", place / "users"
        names = {"server": server.folder, "folder": place, "port": PORT, "pool": POOL}
        config.write_text(CONFIG.format(**names))
        users.write_text(f'"{NAME}" "{PASSWORD}"\n')
        for path in (config, users):
            give(path)
        with subprocess.Popen([COMMAND, "-q", config], cwd=place, **account()) as process:
            try:
                host = quote(str(place), safe="")
                url = f"postgresql://{NAME}:{quote(PASSWORD, safe='')}@{host}/{NAME}"
                _wait(url)
                sessions(url)
                yield url
            finally:
                process.terminate()


def sessions(url: str, question: str = "select 'nothing' where false") -> list[Any]:
    """Ask every session of the pool at the same time; the answers that there are."""
    with ExitStack() as open_transactions:
        found = []
        for _ in range(POOL):
            connection = open_transactions.enter_context(
                psycopg.connect(url_of(url, application_name="look"), prepare_threshold=None)
            )
            found += connection.execute(question.encode()).fetchall()
        return found


def _wait(url: str) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
