"""The table taskwho.org_counts: how many relations Salesforce counted, and where they were."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from taskwho.database.sql_folder import SCRIPTS
from taskwho.model.results.standing import OrgCount

if TYPE_CHECKING:
    import psycopg

    from taskwho.model.settings import PostLoadSettings


def read(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> OrgCount | None:
    """The last count; None where there was none."""
    cursor = conn.cursor(row_factory=dict_row)
    row = cursor.execute(SCRIPTS.compose("org_count"), _place(settings)).fetchone()
    if row is None:
        return None
    at = row.pop("counted_at").astimezone(UTC)
    return OrgCount(**row, counted_at=f"{at:%Y-%m-%dT%H:%M:%SZ}")


def keep(conn: psycopg.Connection[Any], settings: PostLoadSettings, count: OrgCount) -> None:
    """Replace the last count."""
    SCRIPTS.run(conn, "keep_org_count", _place(settings) | asdict(count))


def _place(settings: PostLoadSettings) -> dict[str, Any]:
    return {"schema": settings.schema, "name": settings.relations_table}
