"""Which database to load into, and its URL as SQLAlchemy wants it."""

from __future__ import annotations

import os
import re
from typing import Any

from dotenv import dotenv_values

from target_postgres_taskwho.errors import DATABASE_NOT_SET, DRIVER_WITHOUT_COPY, LoadError

VARIABLE = "DATABASE_URL"
# SQLAlchemy takes a URL without a driver for psycopg2, whose COPY the stock target cannot use
LIBPQ_SCHEME = re.compile(r"^postgres(ql)?://", re.IGNORECASE)


def with_database(config: dict[str, Any]) -> dict[str, Any]:
    """Complete sqlalchemy_url; LoadError where there is none, and no host either."""
    url = config.get("sqlalchemy_url")
    if url is not None and not isinstance(url, str):
        return config  # the schema refuses it
    url = (url or "").strip()
    if not url and config.get("host") is not None:
        return {name: value for name, value in config.items() if name != "sqlalchemy_url"}
    url = LIBPQ_SCHEME.sub("postgresql+psycopg://", url or _from_environment())
    if config.get("use_copy") and url.startswith("postgresql+psycopg2:"):
        raise LoadError(DRIVER_WITHOUT_COPY)
    return {**config, "sqlalchemy_url": url}


def _from_environment() -> str:
    # Meltano reads .env once, as it starts: a URL that an earlier step of the same run wrote there
    # (of an embedded database that has just been started) reaches the loader only in this way.
    url = os.environ.get(VARIABLE) or dotenv_values(".env").get(VARIABLE)
    if not url:
        raise LoadError(DATABASE_NOT_SET)
    return url.strip()
