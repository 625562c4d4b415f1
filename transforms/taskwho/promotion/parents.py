"""Users, contacts and tasks: promoted before the relations that refer to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import catalog
from taskwho.model.entities import CONTACTS, STAMP, TASKS, USERS
from taskwho.model.result import ParentCounts
from taskwho.promotion.candidates import select_candidates
from taskwho.promotion.classify.classify import classify, outcomes
from taskwho.promotion.quarantine import update_quarantine
from taskwho.promotion.stage import Stage
from taskwho.promotion.tables import create
from taskwho.promotion.tables.target import aim
from taskwho.promotion.write import write_rows

if TYPE_CHECKING:
    from taskwho.model.entities import Entity
    from taskwho.model.settings import ParentTable, PostLoadSettings
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.target import Target


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent stream: the script that makes its table, and what each of its rows is."""

    entity: Entity
    # what the scripts and the settings call its table
    name: str
    script: str

    def table(self, settings: PostLoadSettings) -> ParentTable:
        """The table's name and key, as the user set them."""
        place: ParentTable = getattr(settings, self.name)
        return place


PARENTS = (
    Parent(USERS, "users", "create_users"),
    Parent(CONTACTS, "contacts", "create_contacts"),
    Parent(TASKS, "activities", "create_activities"),
)


def promote(context: Context, parent: Parent) -> ParentCounts | None:
    """Bring one stream's landed and waiting records in; None where there is nothing to do."""
    stage = Stage(parent.entity)
    if not (_has_landed(context, parent) or _waits(context, stage)):
        return None
    target = _target(context, parent)
    if target is None:
        return None
    found = select_candidates.gather(context, stage, target, {})
    counts = ParentCounts(retrieved=found.landed, retried=found.tried)
    if found.any:
        classify(context, stage, target, ["classify_parents"], **_comparison(target))
        written = write_rows.write(context, stage, target)
        update_quarantine.settle(context, stage)
        write_rows.freshen(context, target, written)
        _count(context, stage, counts)
    counts.quarantined_now = context.number(
        sql.SQL("select count(*) from {quarantine} as failed where {of_stream}").format(
            **stage.parts
        )
    )
    return counts


def _has_landed(context: Context, parent: Parent) -> bool:
    stream = parent.entity.stream
    return bool(context.landed.get(stream)) or stream in context.ran


def _waits(context: Context, stage: Stage) -> bool:
    return context.holds(
        sql.SQL("select from {quarantine} as failed where {of_stream}").format(**stage.parts)
    )


def _target(context: Context, parent: Parent) -> Target | None:
    """The user's table, made if it is not there and the stream ran."""
    place = parent.table(context.settings)
    table = catalog.describe(context.conn, context.settings.schema, place.table)
    is_fresh = table is None
    if table is None:
        if not _has_landed(context, parent):
            return None
        table = create.create(context, parent.script, place.table, place.key)
    target = aim(parent.entity, table, place.key, needs_all=False, is_fresh=is_fresh)
    _warn_of_other_types(context, target)
    return target


def _warn_of_other_types(context: Context, target: Target) -> None:
    left_out = [
        field.target
        for field in target.entity.fields
        if field.target in target.table.columns and field not in target.fields
    ]
    if left_out:
        context.warnings.append(
            f"{target.table.title} keeps {', '.join(left_out)} in another type than Salesforce's: "
            "these columns are left as they are. Fill them by a job of your own, or change "
            "their type."
        )


def _comparison(target: Target) -> dict[str, sql.Composable]:
    """How a stored row is known to be older, and a deletion to be news."""
    stamp = sql.Identifier(STAMP)
    is_newer: sql.Composable = sql.SQL("false")
    is_equal: sql.Composable = sql.SQL("true")
    if target.writes(STAMP):
        is_newer = sql.SQL("coalesce(stored.{0} < version.{0}, true)").format(stamp)
        is_equal = sql.SQL("stored.{0} = version.{0}").format(stamp)
    goes = "version.is_deleted and stored.is_deleted is not true"
    return {
        "is_newer": is_newer,
        "is_equal": is_equal,
        "goes": sql.SQL(goes) if target.writes("is_deleted") else sql.SQL("false"),
    }


def _count(context: Context, stage: Stage, counts: ParentCounts) -> None:
    for _, outcome, _, rows in outcomes(context, stage):
        setattr(counts, outcome, getattr(counts, outcome) + rows)
