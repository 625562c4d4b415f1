"""The table taskwho.last_alert: what people were last told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.database.sql_folder import SCRIPTS

if TYPE_CHECKING:
    import psycopg


def last(conn: psycopg.Connection[Any]) -> str | None:
    """What the last alert told; None before the first one."""
    row = SCRIPTS.run(conn, "last_alert").fetchone()
    return str(row[0]) if row else None


def keep(conn: psycopg.Connection[Any], news: str, run_id: int) -> None:
    """Keep what an alert that arrived told, and of which run."""
    SCRIPTS.run(conn, "keep_alert", {"news": news, "run_id": run_id})
