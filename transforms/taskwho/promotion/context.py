"""What every step of one promotion shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import scripts

if TYPE_CHECKING:
    from datetime import datetime

    import psycopg

    from taskwho.model.settings import PostLoadSettings


@dataclass(slots=True)
class Context:
    """One promotion's transaction; `latest` is the latest stamp that can be true, naive UTC."""

    conn: psycopg.Connection[Any]
    settings: PostLoadSettings
    run_id: int
    latest: datetime
    # rows taken in by stream
    landed: dict[str, int]
    # streams that the tap read, whether rows came or not
    ran: frozenset[str]
    warnings: list[str] = field(default_factory=list)
    # tables of whose statistics nothing more depends on in this transaction
    stale: list[sql.Identifier] = field(default_factory=list)

    def number(self, query: sql.SQL | sql.Composed) -> int:
        """The one number that a query returns."""
        row = self.conn.execute(query).fetchone()
        return int(row[0]) if row else 0

    def holds(self, query: sql.SQL | sql.Composed) -> bool:
        """Whether a query returns any row."""
        return bool(self.number(sql.SQL("select exists ({})::integer").format(query)))

    def analyze(self, table: sql.Identifier, *columns: str) -> None:
        """Fresh statistics, of some columns or all; without, the planner takes a table for small.

        Those of a few columns take a third of the time.
        """
        of = sql.SQL(" ({})").format(scripts.names(list(columns))) if columns else sql.SQL("")
        self.conn.execute(sql.SQL("analyze {}{}").format(table, of))
