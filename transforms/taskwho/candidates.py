"""The rows to judge: of each Id the newest landed version, and what waits in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho import scripts
from taskwho.casting import Casts

if TYPE_CHECKING:
    from taskwho.context import Context
    from taskwho.stage import Stage
    from taskwho.target import Target


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
    """Put quarantined rows beside the landed ones, cast them all, keep one version of each Id."""
    found = Candidates(_distinct(context, stage), *_retry(context, stage, parents))
    if found.any:
        _cast(context, stage, target)
        if found.landed < context.landed[stage.entity.stream]:
            scripts.run(context.conn, "30_repeated", **stage.parts)
            scripts.run(context.conn, "35_superseded", **stage.parts)
        context.analyze(stage.table("cast"))
    return found


def _distinct(context: Context, stage: Stage) -> int:
    if not context.landed[stage.entity.stream]:
        return 0
    return context.number(
        sql.SQL('select count(distinct key collate "C") from {landed}').format(**stage.parts)
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
    name = "31_waiting_relations" if stage.is_relations else "32_waiting_parents"
    scripts.run(context.conn, name, **parts)
    fields = [field.source for field in stage.entity.fields]
    values: list[sql.Composable] = [
        sql.SQL("failed.record ->> {}").format(sql.Literal(field)) for field in fields
    ]
    parts |= {"names": scripts.names(fields), "values": scripts.lines(values)}
    tried = scripts.run(context.conn, "33_retry", **parts).rowcount
    kept = sql.SQL("select count(*) from {waiting} where not is_tried and {aside}")
    return (
        tried,
        context.number(kept.format(**parts, aside=sql.SQL("not is_set_aside"))),
        context.number(kept.format(**parts, aside=sql.SQL("is_set_aside"))),
    )


def _cast(context: Context, stage: Stage, target: Target) -> None:
    try:
        with context.conn.transaction():
            _cast_as(context, stage, target, strict=False)
    except psycopg.DataError:
        # some text has the shape of a time and is none
        _cast_as(context, stage, target, strict=True)


def _cast_as(context: Context, stage: Stage, target: Target, *, strict: bool) -> None:
    casts = Casts(target, latest=context.latest, strict=strict)
    scripts.run(
        context.conn,
        "34_cast",
        **stage.parts,
        attempts=casts.attempts(),
        conversions=casts.conversions(),
        columns=casts.columns(),
        nulls=casts.nulls(),
        invalid=casts.invalid(),
    )
