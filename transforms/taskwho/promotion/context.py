"""What every step of one promotion shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from psycopg import sql

from taskwho.database import scripts

if TYPE_CHECKING:
    import psycopg

    from taskwho.model.entities import Entity
    from taskwho.model.settings import PostLoadSettings


@dataclass(slots=True)
class Context:
    """One promotion and its transaction."""

    conn: psycopg.Connection[Any]
    settings: PostLoadSettings
    run_id: int
    # landed rows by stream
    landed: dict[str, int]
    # fields that some of them were read without, by stream
    unread: dict[str, frozenset[str]]
    # streams that the tap read, whether rows came or not
    ran: frozenset[str]
    # that no Id has landed twice, until the key of a fresh table refuses one
    trusts_landed: bool = False
    warnings: list[str] = field(default_factory=list)
    # tables that changed so much that they need new statistics after the commit
    changed: list[sql.Composable] = field(default_factory=list)

    def came(self, entity: Entity) -> bool:
        """Whether rows of a stream have landed, or the tap has read it and found none."""
        return bool(self.landed.get(entity.stream)) or entity.stream in self.ran

    def warn(self, said: str) -> None:
        """Say something in the report, once."""
        if said not in self.warnings:
            self.warnings.append(said)

    def number(self, query: sql.SQL | sql.Composed) -> int:
        """The one number that a query returns."""
        row = self.conn.execute(query).fetchone()
        return int(row[0]) if row else 0

    def holds(self, query: sql.SQL | sql.Composed) -> bool:
        """Whether a query returns any row."""
        return bool(self.number(sql.SQL("select exists ({})::integer").format(query)))

    def waits(self, entity: Entity) -> bool:
        """Whether a row of a stream waits in quarantine."""
        query = sql.SQL("select from taskwho.waiting_counts where stream = {}")
        return self.holds(query.format(sql.Literal(entity.stream)))

    def analyze(self, table: sql.Identifier, *columns: str) -> None:
        """New statistics of some columns or all, without which the planner takes a table for small.

        Those of a few columns take a third of the time.
        """
        of = sql.SQL(" ({})").format(scripts.names(list(columns))) if columns else sql.SQL("")
        self.conn.execute(sql.SQL("analyze {}{}").format(table, of))
