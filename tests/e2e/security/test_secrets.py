"""Every secret looked for in everything that runs put out, good ones and failing ones."""

from __future__ import annotations

import gzip
import os
import signal
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, unquote, urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.sandbox import Sandbox
from tests.sandbox.api.requests import TOKEN_PATH
from tests.support.meltano_project import SECONDS_TO_END, Project, Run
from tests.support.observing import child, living, wait_for
from tests.support.postgresql import url_of
from tests.support.soak import SOAK
from tests.support.sync_command import filled_project, start, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

DATABASE_PASSWORD = "p4ss.of.the-d4tabase"
WRONG = "wr0ng-but-s3cret"
WEBHOOK = "T0-webhook-s3cret"
PREFIX = "TAP_SALESFORCE_TASKWHO_"
# the setting that a wrong secret is put into, by flow
SECRET_OF = {
    "password": "password",
    "client_credentials": "client_secret",
    "refresh_token": "refresh_token",
    "jwt_bearer": "private_key",
    "access_token": "access_token",
}


@pytest.mark.parametrize("flow", SECRET_OF if SOAK else ["password"])
def test_no_secret_is_found_in_anything_that_runs_put_out(
    tmp_path: Path, database_url: str, flow: str
) -> None:
    with Sandbox(rows=600) as org:
        # a server that trusts everybody takes any password
        parts = urlsplit(database_url)
        password = unquote(parts.password or DATABASE_PASSWORD)
        url = url_of(database_url, user=parts.username, password=password)
        project = filled_project(tmp_path, org, url)
        for name, value in org.settings(flow).items():
            project.variables[PREFIX + name.upper()] = str(value)
        # nobody answers there, so that each alert ends in a warning
        project.variables["TASKWHO_NOTIFY"] = f"http://127.0.0.1:1/{WEBHOOK}"
        said = [run.output for run in runs(project, org, SECRET_OF[flow])]
        secrets = spellings([*org.secrets(), password, DATABASE_PASSWORD, WRONG, WEBHOOK])
    put_out = [
        *((f"output of run {number}", text.encode()) for number, text in enumerate(said, start=1)),
        *files(tmp_path),
        *tables(database_url),
    ]
    found = {(place, secret) for place, text in put_out for secret in secrets if secret in text}
    assert not found
    places = {place for place, _ in put_out}
    assert ".meltano/meltano.db" in places
    # an access token logs in nowhere, so that no login of it is refused
    least = 4 if flow == "access_token" else 5
    assert sum(place.startswith(".taskwho/logs/") for place in places) >= least
    assert {"taskwho.runs", "taskwho.quarantine", "public.sf_taskwhorelations"} <= places
    assert {".md", ".json", ".gz"} <= {os.path.splitext(place)[1] for place in places}  # noqa: PTH122 - places are words


def runs(project: Project, org: Sandbox, secret: str) -> Iterator[Run]:
    """Runs of every kind, each ending as it should; the last one is good."""
    debug = {"TAP_SALESFORCE_TASKWHO_LOGLEVEL": "DEBUG", "TARGET_POSTGRES_LOGLEVEL": "DEBUG"}
    told = project.meltano("--log-level=debug", "run", "sync", **debug)
    assert (told.code, "DEBUG" in told.output or '"debug"' in told.output) == (0, True)
    yield told
    yield ending_with(2, taskwho(project, "sync", **{PREFIX + secret.upper(): WRONG}))
    if secret != "access_token":
        org.faults.add("invalid_grant", where=lambda path: path == TOKEN_PATH)
        yield ending_with(2, taskwho(project, "sync"))
        org.faults.clear()
    yield killed(project, org, "tap")
    yield ending_with(
        2,
        taskwho(project, "sync", DATABASE_URL=f"postgresql://u:{DATABASE_PASSWORD}@127.0.0.1:1/x"),
    )
    in_the_way = project.folder / "reports" / "latest.md"
    in_the_way.unlink()
    in_the_way.mkdir()
    yield ending_with(1, taskwho(project, "post-load"))
    in_the_way.rmdir()
    yield crashed(project)
    yield ending_with(0, taskwho(project, "sync", "--mode", "full", "--max-records", "5", **debug))
    yield killed(project, org, "taskwho")


def crashed(project: Project) -> Run:
    """A command that meets what it cannot expect: a report without anything in it."""
    with psycopg.connect(project.variables["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "insert into taskwho.runs (run_ids, started_at, status, report_status, report) "
            "values ('{}', now(), 'ok', 'published', '{}')"
        )
        run = ending_with(1, taskwho(project, "report"))
        connection.execute("delete from taskwho.runs where report = '{}'")
    assert "crash.log" in run.output
    return run


def ending_with(code: int, run: Run) -> Run:
    assert run.code == code, run.output
    assert "Traceback" not in run.output
    return run


def killed(project: Project, org: Sandbox, victim: str) -> Run:
    """A sync of which a process was killed while its secrets lay on the disk."""
    org.latency_ms = 10_000_000
    asked = len(org.queries())
    sync = start(project, "sync", "--mode", "full")
    wait_for(lambda: len(org.queries()) > asked, "the first query")
    found = sync.pid if victim == "taskwho" else getattr(child(sync.pid, victim), "pid", None)
    assert found is not None
    os.kill(found, signal.SIGKILL)
    output, _ = sync.communicate(timeout=SECONDS_TO_END)
    wait_for(lambda: not living(project.folder), "the end of its children")
    org.latency_ms = 0
    return ending_with(-signal.SIGKILL if victim == "taskwho" else 1, Run(sync.returncode, output))


def spellings(secrets: Iterable[str]) -> set[bytes]:
    """A secret as it is, as a form carries it, and each line of one that has several."""
    lines = (line for secret in secrets for line in secret.splitlines() if "-----" not in line)
    return {spelt.encode() for line in lines if line for spelt in (line, quote_plus(line))}


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a project, but for the programs."""
    for path in folder.rglob("*"):
        if path.is_file() and ".venv" not in path.parts:
            packed = path.read_bytes()
            text = gzip.decompress(packed) if path.suffix == ".gz" else packed
            yield str(path.relative_to(folder)), text


def tables(url: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table."""
    with psycopg.connect(url) as connection:
        named = connection.execute(
            "select schemaname, tablename from pg_tables "
            "where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in named:
            query = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
            for (row,) in connection.execute(query):
                yield f"{schema}.{table}", row.encode()
