"""The embedded PostgreSQL starts, outlives who started it, and comes up again after every end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
from taskwho.database import embedded
from taskwho.database.embedded import outside
from taskwho.database.embedded.layout import Layout

from tests.support.embedded.projects import ask, note, notes, postmaster_of

if TYPE_CHECKING:
    from pathlib import Path

START = "import sys, pathlib; from taskwho.database import embedded as e;"
START += "print(e.start(pathlib.Path(sys.argv[1])), end='')"


def test_it_starts_once_and_again_after_it_was_stopped(folder: Path) -> None:
    url = embedded.start(folder)
    note(url, "before")
    assert embedded.start(folder) == url
    assert embedded.stop(folder)
    assert not embedded.stop(folder)
    assert embedded.start(folder) == url
    assert notes(url) == ["before"]


def test_a_stop_where_nothing_is_creates_nothing(empty_folder: Path) -> None:
    assert not embedded.stop(empty_folder)
    assert list(empty_folder.iterdir()) == []


def test_another_project_s_is_a_database_of_somebody_s_own(
    folder: Path, empty_folder: Path
) -> None:
    url = embedded.start(folder)
    assert embedded.is_embedded(url, folder)
    assert not embedded.is_embedded(url, empty_folder)
    assert not embedded.is_embedded("postgresql://host/db", folder)
    assert not embedded.is_embedded("no URL", folder)
    assert list(empty_folder.iterdir()) == []


def test_two_processes_that_start_it_at_once_get_one_server_that_outlives_them(
    empty_folder: Path,
) -> None:
    at_once = [
        subprocess.Popen([sys.executable, "-c", START, empty_folder], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    first, second = (process.communicate()[0].decode() for process in at_once)
    assert first == second
    with psycopg.connect(first) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        assert backend.ppid() == postmaster_of(empty_folder)
    assert embedded.start(empty_folder) == first
    assert not outside.folders(Layout.of(empty_folder).home, outside.INITDB)


def test_it_comes_up_again_after_it_was_killed(folder: Path) -> None:
    url = embedded.start(folder)
    note(url, "before")
    killed = postmaster_of(folder)
    os.kill(killed, signal.SIGKILL)
    assert embedded.start(folder) == url
    assert notes(url) == ["before"]
    # this process started it and does not wait for it: the number is that of a zombie
    assert psutil.Process(killed).status() == psutil.STATUS_ZOMBIE


def test_a_pid_file_whose_number_is_a_stranger_s_is_no_server(folder: Path) -> None:
    embedded.start(folder)
    layout = Layout.of(folder)
    lines = (layout.data / "postmaster.pid").read_text().splitlines()
    embedded.stop(folder)
    for place in (layout.data / "postmaster.pid", layout.run / ".s.PGSQL.5432.lock"):
        place.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert not embedded.stop(folder)
    assert ask(embedded.start(folder), "select 1") == 1


def test_what_a_killed_creation_left_is_made_good(empty_folder: Path) -> None:
    layout = Layout.created(empty_folder)
    half = layout.home / "server.new" / "data"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    left = outside.create(layout.home, outside.INITDB)
    assert ask(embedded.start(empty_folder), "select 1") == 1
    assert not half.exists()
    assert not left.exists()


def test_it_listens_to_its_socket_alone_whatever_settings_and_environment_say(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = embedded.start(folder)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("alter system set listen_addresses = '*'")
        connection.execute("alter system set port = 7777")
    embedded.stop(folder)
    monkeypatch.setenv("PGPORT", "7777")
    assert ask(embedded.start(folder), "show listen_addresses") == ""
    server = psutil.Process(postmaster_of(folder))
    assert not server.net_connections(kind="inet")


def test_it_takes_nobody_without_the_password(folder: Path) -> None:
    url = embedded.start(folder)
    secret = Layout.of(folder).password.read_text().strip()
    for password in ("", "another"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url.replace(secret, password), passfile="/dev/null")


def test_the_password_stands_in_no_command_line_and_no_log(folder: Path) -> None:
    embedded.start(folder)
    layout = Layout.of(folder)
    secret = layout.password.read_text().strip()
    assert len(secret) > 40
    for process in psutil.process_iter(["cmdline"]):
        assert not any(secret in word for word in process.info["cmdline"] or ())
    assert secret not in layout.log.read_text()


def test_the_log_holds_what_the_server_does_and_no_value_of_a_row(folder: Path) -> None:
    url = embedded.start(folder)
    with pytest.raises(psycopg.DataError):
        ask(url, "select 'of a row'::int")
    log = Layout.of(folder).log.read_text()
    assert "ready to accept connections" in log
    assert "of a row" not in log
