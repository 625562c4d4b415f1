"""Which database to load into. libpq alone reads its URL, so what libpq takes is taken."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import conninfo

from target_postgres_taskwho.dotenv_file import values_of
from target_postgres_taskwho.errors import (
    DATABASE_NOT_SET,
    DATABASE_URL_INVALID,
    DRIVER_WITHOUT_COPY,
    LoadError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "DATABASE_URL"
# where post-load looks for the rows
INBOX = "taskwho"
LIBPQ_SCHEME = re.compile(r"^postgres(ql)?(\+psycopg)?://", re.IGNORECASE)


def with_database(config: dict[str, Any]) -> dict[str, Any]:
    """Complete sqlalchemy_url; LoadError where there is none, and no host either."""
    url = config.get("sqlalchemy_url")
    if url is not None and not isinstance(url, str):
        return config  # the schema refuses it
    url = (url or "").strip()
    if not url and config.get("host") is not None:
        return {name: value for name, value in config.items() if name != "sqlalchemy_url"}
    url = url or _from_environment()
    if not url:
        raise LoadError(DATABASE_NOT_SET)
    if config.get("use_copy") and url.startswith("postgresql+psycopg2:"):
        raise LoadError(DRIVER_WITHOUT_COPY)
    return {**config, "sqlalchemy_url": url}


def libpq_url(config: Mapping[str, Any]) -> str | None:
    """The URL as libpq reads it; None where the stock connector has to take it apart.

    Raises LoadError for one that libpq cannot read, or reads in the wrong places: its own text
    would show a piece of the password.
    """
    url = str(config.get("sqlalchemy_url") or "")
    if not LIBPQ_SCHEME.match(url) or (config.get("ssh_tunnel") or {}).get("enable"):
        return None
    url = LIBPQ_SCHEME.sub("postgresql://", url, count=1)
    try:
        given = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise LoadError(DATABASE_URL_INVALID) from None
    ports = str(given.get("port") or "").split(",")
    if "@" in f"{given.get('host')}{given.get('dbname')}" or not all(
        port.isdecimal() or not port for port in ports
    ):
        raise LoadError(DATABASE_URL_INVALID)
    return url


def promotion_url(config: Mapping[str, Any]) -> str | None:
    """The URL by which post-load finds its inbox, where it is written in another way than ours.

    None where these rows are not for its inbox, and where nobody knows: a plain `tap | target` in a
    folder with a `.env` is none of its affair, and `taskwho sync` gives both the same.
    """
    by_meltano = "MELTANO_PROJECT_ROOT" in os.environ
    url = _from_environment() if by_meltano else os.environ.get(VARIABLE, "").strip()
    if config.get("default_target_schema") != INBOX or url in {"", config.get("sqlalchemy_url")}:
        return None
    return LIBPQ_SCHEME.sub("postgresql://", url, count=1)


def _from_environment() -> str:
    # Meltano reads .env once, as it starts: a URL that an earlier step of the same run wrote there
    # (of an embedded database that has just been started) reaches the loader only in this way.
    return (os.environ.get(VARIABLE) or values_of(".env").get(VARIABLE, "")).strip()
