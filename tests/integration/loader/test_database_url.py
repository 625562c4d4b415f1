"""libpq alone reads the URL; rows for post-load's inbox go where post-load looks for them."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import quote

from psycopg import conninfo

from tests.support.checkout import BIN
from tests.support.loading import LANDING, OURS, lines, record, rows, schema
from tests.support.loading import Loader as _Loader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MESSAGES = lines([schema(["Id"]), record(Id="Łódź 🎈")])


def load(folder: Path, url: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / OURS, "--config", _Loader(folder, url).config],
        input=MESSAGES,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, **variables},
    )


def test_several_hosts_options_and_a_service_are_understood(
    tmp_path: Path, database_url: str
) -> None:
    given = conninfo.conninfo_to_dict(database_url)
    services = "".join(f"{key}={value}\n" for key, value in given.items())
    (tmp_path / "services").write_text(f"[ours]\n{services}")
    user = given.get("user")
    account = (
        f"{user}:{quote(str(given['password']), safe='')}@" if given.get("password") else f"{user}@"
    )
    hosts = f"{quote(str(given['host']), safe='')}:{given.get('port', '')},127.0.0.1:1"
    for url in (
        "postgresql://?service=ours",
        f"postgresql+psycopg://{account}{hosts}/{given['dbname']}?options=-c%20work_mem%3D8MB",
    ):
        done = load(
            tmp_path, url, PGSERVICEFILE=str(tmp_path / "services"), PGCLIENTENCODING="LATIN1"
        )
        assert done.returncode == 0, done.stderr
    assert rows(database_url) == [("Łódź 🎈",), ("Łódź 🎈",)]


def test_an_inbox_in_another_database_than_post_load_s_is_refused(
    tmp_path: Path, database_url: str, make_database: Callable[[], str]
) -> None:
    done = load(tmp_path, database_url, DATABASE_URL=make_database())
    assert done.returncode == 2
    assert done.stderr.rstrip("\n").endswith(
        "sqlalchemy_url and DATABASE_URL are of two databases. The rows would land in one, and "
        "`taskwho post-load` would look for them in the other. Remove sqlalchemy_url "
        "(TARGET_POSTGRES_SQLALCHEMY_URL): DATABASE_URL is the one setting of the database. "
        "Nothing was loaded."
    )


def test_the_same_database_by_another_url_is_none(tmp_path: Path, database_url: str) -> None:
    other = f"{database_url}{'&' if '?' in database_url else '?'}connect_timeout=9"
    assert load(tmp_path, database_url, DATABASE_URL=other).returncode == 0


def test_rows_for_another_schema_go_where_they_are_sent(
    tmp_path: Path, database_url: str, make_database: Callable[[], str]
) -> None:
    elsewhere = _Loader(tmp_path, database_url, default_target_schema="elsewhere")
    done = subprocess.run(
        [BIN / OURS, "--config", elsewhere.config],
        input=MESSAGES,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DATABASE_URL": make_database()},
    )
    assert done.returncode == 0, done.stderr
    assert LANDING["default_target_schema"] == "taskwho"


def test_the_environment_wins_over_an_env_file(tmp_path: Path, database_url: str) -> None:
    (tmp_path / ".env").write_text(
        "TARGET_POSTGRES_DEFAULT_TARGET_SCHEMA=of_the_file\n"
        "TARGET_POSTGRES_SQLALCHEMY_URL=postgresql://127.0.0.1:1/nowhere\n"
    )
    done = subprocess.run(
        [BIN / OURS, "--config", "ENV"],
        input=MESSAGES,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "TARGET_POSTGRES_SQLALCHEMY_URL": database_url},
    )
    assert done.returncode == 0, done.stderr
    assert len(rows(database_url, schema="of_the_file")) == 1
