"""The temporary tables and views of one stream, on its way from landing to the user's table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import landing, scripts
from taskwho.model.entities import RELATIONS, STAMP

if TYPE_CHECKING:
    from taskwho.model.entities import Entity


@dataclass(frozen=True, slots=True)
class Stage:
    """Names for the scripts; the quarantine of parents is shared, told apart by stream."""

    entity: Entity

    @property
    def is_relations(self) -> bool:
        """Whether this is the stream that it is all about."""
        return self.entity is RELATIONS

    def table(self, step: str) -> sql.Identifier:
        """The temporary table or view of a step."""
        return sql.Identifier(f"{step}_{self.entity.stream}")

    @property
    def parts(self) -> dict[str, sql.Composable]:
        """What the scripts call these tables."""
        steps = (
            *("inbox", "repeated", "waiting", "retried", "landed"),
            *("cast", "compared", "decided", "judged", "refused"),
        )
        own = "failed_relations" if self.is_relations else "failed_parents"
        mine = sql.SQL("failed.stream = {}").format(sql.Literal(self.entity.stream))
        return {
            **{step: self.table(step) for step in steps},
            "landing": sql.Identifier(landing.SCHEMA, self.entity.stream),
            "judged_name": sql.Literal(f"judged_{self.entity.stream}"),
            "quarantine": sql.Identifier(landing.SCHEMA, own),
            "of_stream": sql.SQL("true") if self.is_relations else mine,
            "leaves": sql.SQL(
                "judged.outcome not in ('failed', 'suppressed') and not judged.waits"
                if self.is_relations
                else "judged.outcome not in ('failed', 'suppressed')"
            ),
            "stream": sql.Literal(self.entity.stream),
            "stamp": sql.Identifier(STAMP),
            "record": self._record(),
        }

    def _record(self) -> sql.Composable:
        """The record as it landed, every value text."""
        pairs: list[sql.Composable] = [
            sql.SQL("'Id', case when landed.key not like 'no-id-%' then landed.key end")
        ]
        pairs += [
            sql.SQL("{}, landed.{}").format(sql.Literal(f.source), sql.Identifier(f.source))
            for f in self.entity.fields
        ]
        return sql.SQL("jsonb_build_object(\n        {}\n    )").format(scripts.lines(pairs))
