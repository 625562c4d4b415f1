"""A user's mistake ends in one line that says what, why and what to do; secrets stay hidden."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.checkout import BIN
from tests.support.loading import OURS, Loader, lines, record, rows, schema
from tests.support.postgresql import database_of, guest_url

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "s3cr%40t%2Fw0rd"  # as it stands in a URL
SECRETS = (PASSWORD, "s3cr@t/w0rd", "w0rd")
MESSAGES = lines([schema(["Id"]), record(Id="1")])
NO_DATABASE = (
    "There is no database to load into. Neither sqlalchemy_url nor DATABASE_URL is set, nor does "
    ".env in this folder set it. Set DATABASE_URL, such as "
    "postgresql://user:password@host:5432/database."
)
NO_URL = (
    "sqlalchemy_url is no database URL. Write it as "
    "postgresql://user:password@host:5432/database, with special characters percent-encoded."
)
CORRECT_IT = "Correct it; `target-postgres-taskwho --about` lists all settings."
UNREACHABLE = (
    "Check that it runs and has connections free, and the host, database, user, password and "
    "sslmode of DATABASE_URL (sqlalchemy_url). What was committed stays."
)
USER_MISTAKES: dict[str, tuple[dict[str, object], str]] = {
    "no database": ({}, NO_DATABASE),
    "empty URL": ({"sqlalchemy_url": " "}, NO_DATABASE),
    "no URL": ({"sqlalchemy_url": f"u:{PASSWORD}@host"}, NO_URL),
    "password to encode": ({"sqlalchemy_url": "postgresql://u:s3cr%40t/w0rd@h/d"}, NO_URL),
    "percent sign to encode": ({"sqlalchemy_url": "postgresql://u:s3cr%t-w0rd@h/d"}, NO_URL),
    "unknown driver": ({"sqlalchemy_url": f"nosql://u:{PASSWORD}@h/d"}, NO_URL),
    "number for a URL": (
        {"sqlalchemy_url": 3},
        (
            "The config cannot be used: 3 is not of type 'string', 'null' in "
            f"config['sqlalchemy_url']. {CORRECT_IT}"
        ),
    ),
    "nobody listens": (
        {"sqlalchemy_url": f"postgresql://u:{PASSWORD}@127.0.0.1:1/d"},
        UNREACHABLE,
    ),
    "no such host": (
        {"sqlalchemy_url": f"postgresql://u:{PASSWORD}@nowhere.invalid/d"},
        UNREACHABLE,
    ),
    "old driver with COPY": (
        {"sqlalchemy_url": f"postgresql+psycopg2://u:{PASSWORD}@h/d", "use_copy": True},
        (
            "sqlalchemy_url asks for the driver psycopg2, and use_copy for COPY. "
            "Only psycopg 3 can COPY here. Begin the URL with postgresql://, or set use_copy to "
            "false."
        ),
    ),
    "setting of another type": (
        {"sqlalchemy_url": "postgresql://h/d", "use_copy": "perhaps"},
        (
            "The config cannot be used: 'perhaps' is not of type 'boolean', 'null' in "
            f"config['use_copy']. {CORRECT_IT}"
        ),
    ),
    "metadata missing": (
        {"sqlalchemy_url": "postgresql://h/d", "add_record_metadata": False},
        (
            "The config cannot be used: Activate version messages can't be processed unless "
            "add_record_metadata is set to true. To ignore Activate version messages instead, "
            f"Set the `activate_version` configuration to False. {CORRECT_IT}"
        ),
    ),
}


def run(folder: Path, config: object, **variables: str) -> subprocess.CompletedProcess[str]:
    (folder / "config.json").write_text(json.dumps(config))
    return subprocess.run(
        [BIN / OURS, "--config", "config.json"],
        input=MESSAGES,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, **variables},
    )


@pytest.mark.parametrize(("config", "message"), USER_MISTAKES.values(), ids=USER_MISTAKES.keys())
def test_the_last_line_explains_a_mistake_in_the_config(
    tmp_path: Path, config: dict[str, object], message: str
) -> None:
    done = run(tmp_path, config)
    assert done.returncode == 2, done.stderr
    assert done.stderr.rstrip("\n").endswith(message)
    assert "Traceback" not in done.stderr
    assert not any(secret in done.stderr + done.stdout for secret in SECRETS)


def test_a_debug_log_hides_the_password_too(tmp_path: Path) -> None:
    config, _ = USER_MISTAKES["nobody listens"]
    done = run(tmp_path, config, LOGLEVEL="DEBUG")
    assert "Traceback" in done.stderr
    assert not any(secret in done.stderr for secret in SECRETS)


def test_the_last_line_names_a_config_file_that_is_missing(tmp_path: Path) -> None:
    done = subprocess.run(
        [BIN / OURS, "--config", tmp_path / "none.json"],
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.rstrip("\n").endswith(
        f"A config file cannot be read: File at '{tmp_path}/none.json' was not found. Correct the "
        "file, or the path after --config."
    )
    assert "Traceback" not in done.stderr


def test_a_user_without_the_right_to_create_learns_whom_to_ask(
    tmp_path: Path, database_url: str
) -> None:
    with guest_url(database_url) as url:
        load = Loader(tmp_path, url).load(schema(["Id"]), record(Id="1"))
    assert load.code == 2
    assert load.last_line.endswith(
        "The database user lacks a right: permission denied for database "
        f"{database_of(database_url)}. Ask an administrator for GRANT CREATE ON DATABASE, or for "
        "the schema with GRANT CREATE, USAGE on it and INSERT on its tables. What was committed "
        "stays."
    )
    assert "Traceback" not in load.log


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_any_spelling_of_the_url_s_scheme_is_taken(
    tmp_path: Path, database_url: str, scheme: str
) -> None:
    url = scheme + database_url.removeprefix("postgresql")
    assert Loader(tmp_path, url).load(schema(["Id"]), record(Id="1")).code == 0
    assert rows(database_url) == [("1",)]


@pytest.mark.parametrize("written_to", ["environment", ".env"])
def test_without_a_url_the_database_is_that_of_the_environment_or_env_file(
    tmp_path: Path, database_url: str, written_to: str
) -> None:
    variables = {"DATABASE_URL": database_url} if written_to == "environment" else {}
    if written_to == ".env":
        (tmp_path / ".env").write_text(f"DATABASE_URL={database_url}\n")
    done = run(tmp_path, {"default_target_schema": "taskwho", "sqlalchemy_url": ""}, **variables)
    assert done.returncode == 0, done.stderr
    assert [row[0] for row in rows(database_url)] == ["1"]
