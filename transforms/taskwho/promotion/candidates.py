"""The rows to judge: of each Id the newest landed version, and what waits in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.database import scripts
from taskwho.promotion.casting import Casts
from taskwho.promotion.sql_folder import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taskwho.promotion.context import Context
    from taskwho.promotion.stage import Stage
    from taskwho.promotion.target import Target


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
        for name in ("30_repeated", "31_superseded"):
            SCRIPTS.run(context.conn, name, **parts)
    found = Candidates(landed, *_retry(context, stage, parents))
    fields = scripts.names([field.source for field in stage.entity.fields])
    retried = sql.SQL("union all\nselect retried.ctid, key, true, {} from {} as retried").format(
        fields, stage.table("retried")
    )
    parts = {"names": fields, "and_retried": retried if found.tried else sql.SQL("")}
    SCRIPTS.run(context.conn, "36_landed", **stage.parts, **parts)
    return found


def judge(
    context: Context, stage: Stage, target: Target, judging: Sequence[str], **parts: sql.Composable
) -> None:
    """Cast every value and run the scripts that judge them: into the stage's table `judged`."""
    parts |= stage.parts | target.parts
    parts["fields"] = scripts.names([field.target for field in stage.entity.fields])
    try:
        with context.conn.transaction():
            _judge(context, target, judging, parts, strict=False)
    except psycopg.DataError:
        # some text has the shape of a time and is none
        _judge(context, target, judging, parts, strict=True)
    if not target.is_fresh:
        # what the rows are looked for by; all of them go into a fresh table at once
        context.analyze(stage.table("judged"), "key", "action", "outcome")


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
    name = "32_waiting_relations" if stage.is_relations else "33_waiting_parents"
    SCRIPTS.run(context.conn, name, **parts)
    values: list[sql.Composable] = [
        sql.SQL("failed.record ->> {} as {}").format(
            sql.Literal(field.source), sql.Identifier(field.source)
        )
        for field in stage.entity.fields
    ]
    tried = SCRIPTS.run(context.conn, "34_retry", **parts, values=scripts.lines(values)).rowcount
    return tried, *_kept(context, stage)


def _kept(context: Context, stage: Stage) -> tuple[int, int]:
    if not stage.is_relations:
        return 0, 0
    kept = SCRIPTS.run(context.conn, "35_kept_relations").fetchone()
    return (kept[0], kept[1]) if kept else (0, 0)


def _judge(
    context: Context,
    target: Target,
    judging: Sequence[str],
    parts: dict[str, sql.Composable],
    *,
    strict: bool,
) -> None:
    casts = Casts(target, latest=context.latest, strict=strict)
    SCRIPTS.run(
        context.conn,
        "37_cast",
        landed=parts["landed"],
        cast=parts["cast"],
        attempts=casts.attempts(),
        conversions=casts.conversions(),
        sources=casts.sources(),
        shared=casts.shared(),
        columns=casts.columns(),
        lacks_value=casts.lacks_value(),
        nulls=casts.nulls(),
        lacks_fit=casts.lacks_fit(),
        invalid=casts.invalid(),
    )
    for name in judging:
        SCRIPTS.run(context.conn, name, **parts)
