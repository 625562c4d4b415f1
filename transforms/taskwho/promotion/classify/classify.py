"""Casts the candidates and says what is to become of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from taskwho.database import scripts
from taskwho.database.scripts import Scripts
from taskwho.promotion.classify.casts import Casts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import sql

    from taskwho.promotion.context import Context
    from taskwho.promotion.stage import Stage
    from taskwho.promotion.tables.target import Target

_SQL = Scripts(__package__)


def classify(
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


def outcomes(context: Context, stage: Stage) -> list[tuple[bool, str, list[str], int]]:
    """How many rows came to what: whether they had waited, outcome, reasons, rows."""
    return _SQL.run(context.conn, "outcomes", **stage.parts).fetchall()


def _judge(
    context: Context,
    target: Target,
    judging: Sequence[str],
    parts: dict[str, sql.Composable],
    *,
    strict: bool,
) -> None:
    casts = Casts(target, latest=context.latest, strict=strict)
    _SQL.run(
        context.conn,
        "cast",
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
        _SQL.run(context.conn, name, **parts)
