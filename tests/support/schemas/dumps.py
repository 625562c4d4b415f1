"""Databases as earlier commits left them, from the dumps beside the tests of the database."""

from __future__ import annotations

import re

import psycopg

from tests.support.checkout import ROOT

DUMPS = ROOT / "tests" / "integration" / "taskwho" / "database" / "dumps"
# pg_dump writes them for psql, and a server takes none
FOR_PSQL = re.compile(rb"^\\(un)?restrict .*\n", re.MULTILINE)


def restore(url: str, name: str = "f248733") -> None:
    """Fill an empty database from a dump, all of it or nothing."""
    script = (DUMPS / f"{name}.sql").read_bytes()
    with psycopg.connect(url) as connection:
        connection.execute(FOR_PSQL.sub(b"", script))
