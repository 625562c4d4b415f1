"""Which database to load into, and its URL as SQLAlchemy wants it."""

from __future__ import annotations

import os
import re
from typing import Any

from dotenv import dotenv_values

from target_postgres_taskwho.explain import UserError

VARIABLE = "DATABASE_URL"
# SQLAlchemy takes a URL without a driver for psycopg2, whose COPY the stock target cannot use
LIBPQ_SCHEME = re.compile(r"^postgres(ql)?://", re.IGNORECASE)


def with_database(config: dict[str, Any]) -> dict[str, Any]:
    """Settle sqlalchemy_url; UserError where there is none, and no host either."""
    url = config.get("sqlalchemy_url")
    if url is not None and not isinstance(url, str):
        return config  # for the schema to refuse
    url = (url or "").strip()
    if not url and config.get("host") is not None:
        return {name: value for name, value in config.items() if name != "sqlalchemy_url"}
    url = LIBPQ_SCHEME.sub("postgresql+psycopg://", url or _surroundings())
    if config.get("use_copy") and url.startswith("postgresql+psycopg2:"):
        raise UserError(
            "sqlalchemy_url asks for the driver psycopg2, and use_copy for COPY, which needs "
            "psycopg 3. Begin the URL with postgresql:// or set use_copy to false."
        )
    return {**config, "sqlalchemy_url": url}


def _surroundings() -> str:
    # Meltano reads .env once, as it starts: a URL that an earlier step of the same run wrote there
    # (an embedded database that has just been started) reaches the loader only in this way.
    url = os.environ.get(VARIABLE) or dotenv_values(".env").get(VARIABLE)
    if not url:
        raise UserError(
            f"There is no database to load into: neither sqlalchemy_url nor {VARIABLE} is set. "
            f"Set {VARIABLE}, such as postgresql://user:password@host:5432/database."
        )
    return url.strip()
