"""TLS with `sslmode=verify-full`: whoever is not the server of the certificate gets nothing."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import taskwho as api

from tests.e2e.api.test_places import arguments
from tests.sandbox import Sandbox
from tests.support.checkout import BIN
from tests.support.comparing.truth import assert_equal_to_the_org
from tests.support.meltano_project import Project
from tests.support.postgresql import url_of
from tests.support.servers import debian
from tests.support.servers.certificates import Authority
from tests.support.sync_command import filled_project, taskwho
from tests.support.tap_run import RELATIONS, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [debian.needs_postgresql_15, pytest.mark.xdist_group("tls")]
TAP, LOADER = BIN / "tap-salesforce-taskwho", BIN / "target-postgres-taskwho"
HOST = "db.acme.test"  # no resolver knows it: hostaddr says where it is
SCHEMA = {
    "type": "SCHEMA",
    "stream": "s",
    "key_properties": [],
    "schema": {"properties": {"a": {"type": "string"}}},
}
PIECES = ("s3cr3t", "w0rd")  # of the password
# no plain TCP; the socket is the administrator's
HBA = ("hostssl all all 127.0.0.0/8 scram-sha-256", "local all all scram-sha-256")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("The authority of the tests")


@pytest.fixture(scope="module")
def server(authority: Authority) -> Iterator[debian.Cluster]:
    """A server on a loopback address of its own, that of this process."""
    with debian.made(HBA, listen_addresses=f"'{address()}'") as server:
        for name, content in zip(
            ("server.crt", "server.key"), authority.sign_for(HOST), strict=True
        ):
            path = server.data / name
            path.write_bytes(content)
            path.chmod(0o600)
            debian.give(path)
        server.stop()
        server.set(ssl="on")
        server.start()
        yield server


def address() -> str:
    number = os.getpid()
    return f"127.{64 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"


@pytest.fixture
def url(server: debian.Cluster, authority: Authority, tmp_path: Path) -> str:
    """The URL of the right server, by the right authority."""
    return reached(server, authority.write(tmp_path / "root.crt"))


def reached(server: debian.Cluster, root: Path | None, host: str = HOST, mode: str = "") -> str:
    given = {"host": host, "hostaddr": address(), "port": str(debian.PORT)}
    given |= {"sslmode": mode or "verify-full"} | ({"sslrootcert": str(root)} if root else {})
    by_socket = server.url()
    head, _, name = by_socket.rpartition("/")
    return url_of(f"{head.partition('@')[0]}@/{name}", **given)


@pytest.fixture
def org() -> Iterator[Sandbox]:
    with Sandbox(rows=500) as org:
        yield org


@pytest.fixture(autouse=True)
def empty(server: debian.Cluster) -> Iterator[None]:
    """The next test finds no table of this one."""
    yield
    with psycopg.connect(server.url()) as connection:
        connection.execute("drop schema if exists taskwho, public cascade")
        connection.execute("create schema public")


def test_the_commands_meltano_and_the_api_speak_tls(org: Sandbox, url: str, tmp_path: Path) -> None:
    project = filled_project(tmp_path, org, url)
    for words in (["prepare"], ["sync", "--all"], ["doctor"], ["verify"]):
        run = taskwho(project, *words)
        assert run.code == 0, f"{words}: {run.output}"
    assert_equal_to_the_org(org, url)
    org.advance_clock(3_600)
    org.insert(30)
    org.advance_clock(60)
    run = project.meltano("run", "sync")
    assert run.code == 0, run.output
    assert_equal_to_the_org(org, url)
    org.insert(10)
    org.advance_clock(60)
    given: dict[str, Any] = {
        "salesforce": {**org.settings(), "lag_seconds": 0},
        "home": tmp_path / "home",
    }
    settings = {"reports_dir": tmp_path / "reports"}
    assert api.sync(database_url=url, settings=settings, **given).status == "ok"
    assert_equal_to_the_org(org, url)


def test_tap_and_loader_alone_do_so_too(org: Sandbox, url: str, tmp_path: Path) -> None:
    given = arguments(org, url, tmp_path)
    files = {
        "config": given["salesforce"],
        "catalog": selecting(RELATIONS, "sync_batches"),
        "target": {"sqlalchemy_url": url, "default_target_schema": "taskwho", "use_copy": True},
    }
    paths = {name: tmp_path / f"{name}.json" for name in files}
    for name, value in files.items():
        paths[name].write_text(json.dumps(value))
    api.post_load(database_url=url, settings=given["settings"])
    words = ["--config", str(paths["config"]), "--catalog", str(paths["catalog"])]
    read = subprocess.run([str(TAP), *words], capture_output=True, check=True)
    load = [str(LOADER), "--config", str(paths["target"])]
    subprocess.run(load, input=read.stdout, capture_output=True, check=True)
    assert api.post_load(database_url=url, settings=given["settings"]).exit_code == 0
    assert_equal_to_the_org(org, url)


WRONG = {
    "another authority": "Set sslrootcert in DATABASE_URL to the certificate of the authority",
    "another host name": "Write the host in DATABASE_URL as the server's certificate names it.",
    "no file of an authority": "Set sslrootcert in DATABASE_URL to the certificate of the",
    "plain TCP": "Add sslmode=verify-full and sslrootcert to DATABASE_URL: the server",
}


@pytest.mark.parametrize(("mistake", "says"), WRONG.items(), ids=WRONG)
def test_whoever_is_not_trusted_is_refused_with_a_sentence(
    mistake: str, says: str, server: debian.Cluster, url: str, org: Sandbox, tmp_path: Path
) -> None:
    other = Authority("Another one").write(tmp_path / "other.crt")
    urls = {
        "another authority": reached(server, other),
        "another host name": reached(server, tmp_path / "root.crt", host="other.acme.test"),
        "no file of an authority": reached(server, tmp_path / "nowhere.crt"),
        "plain TCP": reached(server, None, mode="disable"),
    }
    assert urls[mistake] != url
    project = Project(tmp_path, DATABASE_URL=urls[mistake])
    project.use(org)
    for words in (["prepare"], ["sync"], ["post-load"], ["doctor"]):
        run = taskwho(project, *words)
        assert run.code == 2, run.output
        assert says in " ".join(run.output.split())
        assert not any(piece in run.output for piece in (*PIECES, "Traceback"))
    meltano = project.meltano("state", "list")
    assert meltano.code != 0
    assert not any(piece in meltano.output for piece in PIECES)
    config = tmp_path / "target.json"
    config.write_text(json.dumps({"sqlalchemy_url": urls[mistake]}))
    loader = subprocess.run(
        [LOADER, "--config", config],
        input=json.dumps(SCHEMA),
        capture_output=True,
        text=True,
        check=False,
    )
    assert loader.returncode == 2, loader.stderr
    assert not any(piece in loader.stderr for piece in (*PIECES, "Traceback"))
