"""Several hosts in one URL: a dead one and a standby are passed over, also after a failover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
import pytest
import taskwho as api

from tests.sandbox import Sandbox
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.postgresql import query, url_of
from tests.support.servers import debian
from tests.support.sync_command import filled_project, taskwho

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = debian.needs_postgresql_15
COMMANDS = (["prepare"], ["sync"], ["doctor"], ["verify"], ["report"])


@pytest.fixture
def servers() -> Iterator[tuple[debian.Cluster, debian.Cluster]]:
    """A primary server, and a standby that follows it."""
    with debian.made() as primary, debian.standby_of(primary) as standby:
        yield primary, standby


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=500) as org:
        yield org


def among(*clusters: debian.Cluster) -> str:
    """The URL of whichever server takes writes, a dead one first."""
    hosts = [quote(str(cluster.folder), safe="") for cluster in clusters]
    head, _, name = clusters[0].url().rpartition("/")
    listed = ",".join(["127.0.0.1:1", *(f"{host}:{debian.PORT}" for host in hosts)])
    url = f"{head.partition('@')[0]}@{listed}/{name}"
    return url_of(url, target_session_attrs="read-write")


def wait_until_followed(primary: debian.Cluster, standby: debian.Cluster) -> None:
    [[position]] = query(primary.url(), "select pg_current_wal_lsn()::text")
    with psycopg.connect(standby.url(), autocommit=True) as connection:
        while connection.execute(
            "select pg_last_wal_replay_lsn() < %s::pg_lsn", [position]
        ).fetchone() == (True,):
            pass


def test_every_command_finds_the_primary_and_goes_on_after_a_failover(
    servers: tuple[debian.Cluster, debian.Cluster], org: Sandbox, tmp_path: Path
) -> None:
    primary, standby = servers
    url = among(standby, primary)
    project = filled_project(tmp_path, org, primary.url())
    project.variables["DATABASE_URL"] = url
    for words in COMMANDS:
        run = taskwho(project, *words)
        assert run.code == 0, f"{words}: {run.output}"
    assert_equal_to_the_org(org, primary.url())
    org.advance_clock(3_600)
    org.insert(30)
    org.advance_clock(60)
    run = project.meltano("run", "sync")
    assert run.code == 0, run.output
    assert_equal_to_the_org(org, primary.url())
    wait_until_followed(primary, standby)
    primary.stop()
    refused = taskwho(project, "sync")
    assert refused.code == 2
    assert "Name the primary server in DATABASE_URL too." in " ".join(refused.output.split())
    assert "Traceback" not in refused.output
    standby.run("pg_ctl", "promote", "--silent", "--wait", "--pgdata", standby.data)
    org.insert(10)
    org.advance_clock(60)
    before = len(org.queries())
    given: dict[str, Any] = {
        "salesforce": {**org.settings(), "lag_seconds": 0},
        "home": tmp_path / "home",
    }
    result = api.sync(database_url=url, settings={"reports_dir": tmp_path / "r"}, **given)
    assert (result.status, result.counts.inserted) == ("ok", 10)
    assert all("SystemModstamp >=" in str(query.soql) for query in org.queries()[before:])
    assert_equal_to_the_org(org, standby.url())
