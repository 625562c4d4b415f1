"""DATABASE_URL is what libpq takes; what it does not take is named without the password."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import conninfo, sql
from taskwho.database.connection import check_usable, connect
from taskwho.model.errors import DatabaseUnavailable

from tests.support.postgresql import url_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.postgresql import Server

PASSWORD_PIECES = ("s3cr", "t-w0rd")
UNREADABLE = (
    "PostgreSQL's client library cannot read DATABASE_URL. Write it as "
    "postgresql://user:password@host:5432/database. "
)
MISTAKES = {
    "an at sign in the password": ("s3cr@t-w0rd", "Write '@' as %40"),
    "a slash in the password": ("s3cr/t-w0rd", "Write '/' as %2F"),
    "a percent sign in the password": ("s3cr%t-w0rd", "Write '%' as %25"),
    "all of them": ("s3cr%@/t-w0rd", "Write '%' as %25 and '@' as %40 and '/' as %2F"),
}


@pytest.mark.parametrize(("password", "encoding"), MISTAKES.values(), ids=MISTAKES)
def test_a_character_to_encode_is_named_and_the_password_is_not(
    password: str, encoding: str
) -> None:
    with pytest.raises(DatabaseUnavailable) as raised:
        connect(f"postgresql://somebody:{password}@127.0.0.1:1/nowhere")
    assert raised.value.message == f"{UNREADABLE}{encoding} in its user name and password."
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://somebody:s3cr3t-w0rd@[::/nowhere",
        "postgresql://somebody:s3cr3t-w0rd@127.0.0.1/nowhere?fancy=1",
    ],
)
def test_a_url_that_libpq_refuses_is_not_repeated(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as raised:
        connect(url)
    assert raised.value.message == (
        f"{UNREADABLE}Percent-encode special characters of its user name and password."
    )


@pytest.mark.parametrize(
    "url",
    ["mysql://u:s3cr3t-w0rd@host/db", "postgresql+psycopg2://u:s3cr3t-w0rd@host/db", "host=x"],
)
def test_another_kind_of_url_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as raised:
        connect(url)
    assert raised.value.message == (
        "DATABASE_URL does not begin with postgresql:// or postgresql+psycopg://. "
        "Write it as postgresql://user:password@host:5432/database."
    )


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    with pytest.raises(DatabaseUnavailable) as raised:
        connect("postgresql://somebody:s3cr3t-w0rd@127.0.0.1:1/nowhere")
    assert raised.value.message.startswith("There is no connection to the database: connection")
    assert "Check that PostgreSQL runs there" in raised.value.message
    assert not any(piece in raised.value.message for piece in PASSWORD_PIECES)


def test_several_hosts_options_and_both_schemes_are_understood(database_url: str) -> None:
    given = conninfo.conninfo_to_dict(database_url)
    socket, name = quote(str(given["host"]), safe=""), given["dbname"]
    user = urlsplit(database_url).netloc.partition("@")[0]
    for scheme in ("postgresql", "postgresql+psycopg", "postgres"):
        url = (
            f"{scheme}://{user}@{socket},127.0.0.1:1/{name}"
            "?options=-c%20application_name%3Dby_options&target_session_attrs=read-write"
        )
        with connect(url) as connection:
            shown = connection.execute("show application_name").fetchone()
        assert shown is not None


def test_what_the_url_says_wins_over_what_we_add(database_url: str) -> None:
    with connect(database_url) as connection:
        assert _shown(connection, "application_name") == "taskwho"
    with connect(f"{database_url}&application_name=theirs&connect_timeout=3") as connection:
        assert _shown(connection, "application_name") == "theirs"


def test_a_service_file_is_read(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = conninfo.conninfo_to_dict(database_url)
    lines = [f"{key}={value}" for key, value in given.items()]
    (tmp_path / "services").write_text("\n".join(["[ours]", *lines]) + "\n")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    with connect("postgresql://?service=ours") as connection:
        assert connection.info.dbname == given["dbname"]


def test_text_is_utf8_whatever_environment_role_and_url_say(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with psycopg.connect(database_url, autocommit=True, client_encoding="UTF8") as admin:
        name = sql.Identifier(admin.info.dbname)
        admin.execute(sql.SQL("alter database {} set client_encoding to 'LATIN1'").format(name))
    with connect(f"{database_url}&options=-c%20client_encoding%3DLATIN1") as connection:
        assert _shown(connection, "client_encoding") == "UTF8"
        assert connection.execute("select %s::text", ["Łódź 🎈"]).fetchone() == ("Łódź 🎈",)


def test_a_database_that_is_not_utf8_is_refused(postgres: Server) -> None:
    postgres.execute("create database test_latin encoding 'LATIN1' template template0 locale 'C'")
    url = url_of(postgres.url, database="test_latin")
    try:
        with connect(url) as connection, pytest.raises(DatabaseUnavailable) as raised:
            check_usable(connection)
    finally:
        postgres.drop(url)
    assert raised.value.message.startswith("The database test_latin is encoded in LATIN1. ")
    assert "encoding 'UTF8'" in raised.value.message


def _shown(connection: psycopg.Connection[tuple[str]], setting: str) -> str:
    row = connection.execute(sql.SQL("show {}").format(sql.Identifier(setting))).fetchone()
    assert row is not None
    return row[0]
