"""The rows to judge: of each Id the newest landed version, and what waits in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import scripts
from taskwho.database.scripts import Scripts
from taskwho.promotion.classify.casts import Casts

if TYPE_CHECKING:
    from taskwho.promotion.context import Context
    from taskwho.promotion.stage import Stage
    from taskwho.promotion.tables.target import Target

_SQL = Scripts(__package__)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Distinct Ids: landed; waiting and tried again; waiting and not worth a try yet.

    Of the last, `kept` have failed and `kept_aside` were set aside.
    """

    landed: int
    tried: int
    kept: int
    kept_aside: int

    @property
    def any(self) -> bool:
        """Whether there is anything to judge."""
        return bool(self.landed or self.tried)


def gather(
    context: Context, stage: Stage, target: Target, parents: dict[str, sql.Composable]
) -> Candidates:
    """Put quarantined rows beside the landed ones, and keep one version of each Id."""
    landed = _distinct(context, stage)
    if landed < context.landed[stage.entity.stream]:
        casts = Casts(target, latest=context.latest, strict=True)
        parts = stage.parts | {"stamp_of_version": casts.stamp_of_version()}
        for name in ("repeated", "superseded"):
            _SQL.run(context.conn, name, **parts)
    found = Candidates(landed, *_retry(context, stage, parents))
    fields = scripts.names([field.source for field in stage.entity.fields])
    retried = sql.SQL("union all\nselect retried.ctid, key, true, {} from {} as retried").format(
        fields, stage.table("retried")
    )
    parts = {"names": fields, "and_retried": retried if found.tried else sql.SQL("")}
    _SQL.run(context.conn, "landed", **stage.parts, **parts)
    return found


def _distinct(context: Context, stage: Stage) -> int:
    """How many Ids have landed."""
    if not context.landed[stage.entity.stream]:
        return 0
    # Rows land in the order of their Ids, and sorting what is sorted costs next to nothing: a third
    # of hashing it. By bytes, and the keys alone: with `offset 0` nothing else is carried along.
    return context.number(
        sql.SQL(
            'select count(distinct key collate "C") from (select key from {inbox} offset 0) as keys'
        ).format(**stage.parts)
    )


def _retry(
    context: Context, stage: Stage, parents: dict[str, sql.Composable]
) -> tuple[int, int, int]:
    """How many that wait are tried again, are left as failed, are left as set aside."""
    parts = stage.parts | parents
    if not context.holds(
        sql.SQL("select from {quarantine} as failed where {of_stream}").format(**parts)
    ):
        return 0, 0, 0
    name = "waiting_relations" if stage.is_relations else "waiting_parents"
    _SQL.run(context.conn, name, **parts)
    values: list[sql.Composable] = [
        sql.SQL("failed.record ->> {} as {}").format(
            sql.Literal(field.source), sql.Identifier(field.source)
        )
        for field in stage.entity.fields
    ]
    tried = _SQL.run(context.conn, "retry", **parts, values=scripts.lines(values)).rowcount
    return tried, *_kept(context, stage)


def _kept(context: Context, stage: Stage) -> tuple[int, int]:
    if not stage.is_relations:
        return 0, 0
    kept = _SQL.run(context.conn, "kept_relations").fetchone()
    return (kept[0], kept[1]) if kept else (0, 0)
