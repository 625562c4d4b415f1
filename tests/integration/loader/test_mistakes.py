"""A user's mistake ends in one line that says what, why and what to do; secrets stay hidden."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.loading import BIN, OURS, Loader, lines, record, rows, schema
from tests.support.postgresql import guest_url

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "s3cr%40t/w0rd"  # as it stands in a URL
SECRETS = (PASSWORD, "s3cr@t/w0rd")
MESSAGES = lines([schema(["Id"]), record(Id="1")])
USER_MISTAKES = {
    "no database": ({}, "DATABASE_URL"),
    "empty URL": ({"sqlalchemy_url": " "}, "DATABASE_URL"),
    "no URL": ({"sqlalchemy_url": f"u:{PASSWORD}@host"}, "postgresql://user:password@host"),
    "unknown driver": ({"sqlalchemy_url": f"nosql://u:{PASSWORD}@h/d"}, "sqlalchemy_url"),
    "number for a URL": ({"sqlalchemy_url": 3}, "sqlalchemy_url"),
    "nobody listens": (
        {"sqlalchemy_url": f"postgresql://u:{PASSWORD}@127.0.0.1:1/d"},
        "cannot be reached",
    ),
    "no such host": (
        {"sqlalchemy_url": f"postgresql://u:{PASSWORD}@nowhere.invalid/d"},
        "cannot be reached",
    ),
    "old driver with COPY": (
        {"sqlalchemy_url": f"postgresql+psycopg2://u:{PASSWORD}@h/d", "use_copy": True},
        "psycopg2",
    ),
    "setting of another type": (
        {"sqlalchemy_url": "postgresql://h/d", "use_copy": "perhaps"},
        "use_copy",
    ),
    "metadata missing": (
        {"sqlalchemy_url": "postgresql://h/d", "add_record_metadata": False},
        "add_record_metadata",
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


@pytest.mark.parametrize(("config", "told"), USER_MISTAKES.values(), ids=USER_MISTAKES.keys())
def test_a_mistake_in_the_config_is_told_in_the_last_line(
    tmp_path: Path, config: dict[str, object], told: str
) -> None:
    done = run(tmp_path, config)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert not any(secret in done.stderr + done.stdout for secret in SECRETS)


def test_a_debug_log_hides_the_password_too(tmp_path: Path) -> None:
    config, _ = USER_MISTAKES["nobody listens"]
    done = run(tmp_path, config, LOGLEVEL="DEBUG")
    assert "Traceback" in done.stderr
    assert not any(secret in done.stderr for secret in SECRETS)


def test_a_config_file_that_is_missing_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [BIN / OURS, "--config", tmp_path / "none.json"],
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "none.json" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_user_without_the_right_to_create_is_told_whom_to_ask(
    tmp_path: Path, database_url: str
) -> None:
    with guest_url(database_url) as url:
        load = Loader(tmp_path, url).load(schema(["Id"]), record(Id="1"))
    assert load.code == 2
    assert "GRANT CREATE" in load.last_line
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
