"""`make demo`: the whole product in two minutes, on an org and a PostgreSQL of its own."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from taskwho.database import embedded
from taskwho.model import dotenv_file

from tests.sandbox import Sandbox
from tests.support.checkout import ROOT, clean_environment
from tests.support.comparing.truth import Truth, reported_failures, stored_rows
from tests.support.seed_tables import fill_parents, load_parents

if TYPE_CHECKING:
    from pathlib import Path

# a Meltano project of its own: state, locks and .env of the checkout stay as they are
PROJECT = ROOT / ".taskwho" / "demo"
REPORTS = ROOT / "reports"
DATABASE = "taskwho_demo"
# how far before the start of the first run the second one may read
LOOKBACK_AND_LAG = timedelta(seconds=900 + 60 + 1)
ROWS = 20_000


class DemoError(Exception):
    """The demo found something wrong."""


def main() -> None:
    """Run the demo; exit 0 only where every check passes."""
    arguments = argparse.ArgumentParser(prog="make demo", description=__doc__)
    arguments.add_argument("--rows", type=int, default=ROWS, help="relations in the org")
    arguments.add_argument("--max-records", type=int, default=1_000, help="records in a report")
    given = arguments.parse_args()
    try:
        demo(given.rows, given.max_records)
    except DemoError as error:
        sys.exit(f"\nThe demo failed: {error}")


def demo(rows: int, max_records: int) -> None:
    """Load the org, change it, load the changes. Compare table and org after each load."""
    began = time.monotonic()
    url = _fresh_project()
    with Sandbox(rows=rows) as org, psycopg.connect(url, autocommit=True) as connection:
        say(f"A Salesforce org on {org.url} with {rows:,} relations; PostgreSQL in .taskwho/.")
        load_parents(url, org)
        say(f"The parents' tables are filled: {_sizes(connection)}; some parents are missing.")
        environment = _environment(org, url, max_records)
        floor = org.now - LOOKBACK_AND_LAG
        first = _run("First load", environment, connection)
        _compare(org, connection, first)
        asked = len(org.requests)
        _change(org, connection, rows)
        second = _run("Incremental run", environment, connection)
        _compare(org, connection, second)
        _check_requests(org, asked, floor)
    report = second.with_suffix(".md").relative_to(ROOT)
    say(f"Every check passed, in {time.monotonic() - began:.0f} s. The report: {report}\n")
    say(_summary(second.with_suffix(".md")))
    say(f'Look around: (. {PROJECT.relative_to(ROOT)}/.env && psql "$DATABASE_URL")')
    say("Stop PostgreSQL: .venv/bin/taskwho prepare --stop")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - a command's output


def _fresh_project() -> str:
    """The demo's Meltano project without state, and the URL of its empty database."""
    server = embedded.start(ROOT)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"drop database if exists {DATABASE} with (force)".encode())
        connection.execute(f"create database {DATABASE}".encode())
    shutil.rmtree(PROJECT, ignore_errors=True)
    PROJECT.mkdir(parents=True)
    shutil.copy(ROOT / "meltano.yml", PROJECT)
    (PROJECT / ".venv").symlink_to(sys.prefix)
    url = server.replace("/postgres?", f"/{DATABASE}?", 1)
    dotenv_file.store_database_url(PROJECT, url)
    return url


def _environment(org: Sandbox, url: str, max_records: int) -> dict[str, str]:
    """A clean environment with the demo's settings."""
    settings = {f"TAP_SALESFORCE_TASKWHO_{k.upper()}": str(v) for k, v in org.settings().items()}
    return {
        **clean_environment(),
        **settings,
        "DATABASE_URL": url,
        "TASKWHO_REPORTS_DIR": str(REPORTS),
        "TASKWHO_MAX_RECORDS": str(max_records),
    }


def _run(title: str, environment: dict[str, str], connection: psycopg.Connection[Any]) -> Path:
    """`meltano run sync`; the JSON twin of its report."""
    began = time.monotonic()
    done = subprocess.run(
        [PROJECT / ".venv" / "bin" / "meltano", "run", "sync"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DemoError(f"`meltano run sync` ended with {done.returncode}:\n{done.stderr[-4000:]}")
    [name] = next(
        connection.execute("select report_name from taskwho.runs order by run_id desc limit 1")
    )
    twin = REPORTS / f"{name}.json"
    counts = json.loads(twin.read_text("utf-8"))["counts"]
    shown = ("retrieved", "inserted", "updated", "deleted", "healed", "failed", "set_aside")
    say(f"\n{title}: `meltano run sync`, {time.monotonic() - began:.0f} s")
    say("  " + ", ".join(f"{counts[name]:,} {name.replace('_', ' ')}" for name in shown))
    return twin


def _change(org: Sandbox, connection: psycopg.Connection[Any], rows: int) -> None:
    """Change the org, and let an hour pass."""
    some = max(rows // 50, 10)
    # with stamps from before the end of the first run
    org.commit_late(some // 4, stamp_age_seconds=300)
    org.offset += timedelta(hours=1)
    org.insert(some)
    org.update(some)
    org.soft_delete(some // 2)
    org.undelete(some // 8)
    healed = org.heal(len(org.withheld) // 2)
    fill_parents(connection, healed)
    # the tap leaves the last minute to the run after it
    org.offset += timedelta(minutes=5)
    say(
        f"\nAn hour later: {some:,} inserted, {some:,} updated, {some // 2:,} deleted, "
        f"{some // 8:,} undeleted, {some // 4:,} committed late; "
        f"{sum(map(len, healed.values())):,} missing parents have come."
    )


def _compare(org: Sandbox, connection: psycopg.Connection[Any], twin: Path) -> None:
    """Check that the table has every row with all its parents, and the report every other."""
    truth, stored = Truth(org, connection), stored_rows(connection)
    if stored != truth.rows:
        lacking, extra = truth.rows.keys() - stored.keys(), stored.keys() - truth.rows.keys()
        other = [key for key in truth.rows.keys() & stored.keys() if truth.rows[key] != stored[key]]
        raise DemoError(
            f"{len(lacking)} rows are missing, {len(extra)} too many, {len(other)} differ."
        )
    say(f"  ok: sf_taskwhorelations equals the org, {len(stored):,} rows compared")
    reported = reported_failures(twin)
    if reported.keys() != truth.failed.keys():
        raise DemoError(f"{len(reported)} failed rows reported, {len(truth.failed)} expected.")
    for key, missing in truth.failed.items():
        if not all(parent in reported[key] for parent in missing):
            raise DemoError(f"The report's error of {key} does not name {missing}: {reported[key]}")
    say(f"  ok: {len(reported):,} failed relations are in the report with their missing parents")


def _check_requests(org: Sandbox, asked: int, floor: datetime) -> None:
    """Check that requests only read, without OFFSET, and that the second run reads changes."""
    bad = [*org.violations(), *(r for r in org.queries() if "offset" in str(r.soql).lower())]
    if bad:
        raise DemoError(f"The org saw {bad[0].method} {bad[0].path} {bad[0].soql or ''}")
    say(f"  ok: the org saw {len(org.requests)} requests: no write, no side effect, no OFFSET")
    for soql in [request.soql for request in org.requests[asked:] if request.soql]:
        found = re.search(r"SystemModstamp >= (\S+)", soql)
        if found is None or datetime.fromisoformat(found[1]) < floor:
            raise DemoError(f"The incremental run read older rows than its window: {soql}")
    say("  ok: the incremental run read nothing older than its bookmark less the look-back\n")


def _sizes(connection: psycopg.Connection[Any]) -> str:
    """How many rows the parents' tables hold."""
    counts = connection.execute(
        "select (select count(*) from sf_users), (select count(*) from sf_contacts), "
        "(select count(*) from sf_activities)"
    )
    users, contacts, tasks = next(counts)
    return f"{users:,} users, {contacts:,} contacts, {tasks:,} tasks"


def _summary(report: Path) -> str:
    text = report.read_text("utf-8")
    return text[: text.index("## Batches")].strip() + "\n"


if __name__ == "__main__":
    main()
