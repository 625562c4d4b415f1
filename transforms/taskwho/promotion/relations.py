"""The relations: judged against their parents and what is stored, written, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import catalog
from taskwho.model.entities import KEY, RELATIONS
from taskwho.model.errors import MISCONFIGURED, TaskwhoError
from taskwho.promotion.candidates import select_candidates
from taskwho.promotion.classify.classify import classify
from taskwho.promotion.parents import PARENTS
from taskwho.promotion.quarantine import update_quarantine
from taskwho.promotion.stage import Stage
from taskwho.promotion.tables import create
from taskwho.promotion.tables.target import aim, check_key
from taskwho.promotion.write import write_rows

if TYPE_CHECKING:
    from taskwho.database.catalog import Table
    from taskwho.promotion.candidates.select_candidates import Candidates
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.target import Target

STAGE = Stage(RELATIONS)
JUDGING = ("compared", "decided", "classify_relations")


@dataclass(frozen=True, slots=True)
class Promoted:
    """What was judged, where it went, how many of it had waited."""

    found: Candidates
    target: Target
    healed: int = 0


def promote(context: Context) -> Promoted | None:
    """Bring landed and waiting relations in; None where there is nothing to do.

    Raises TaskwhoError where tables are missing that relations refer to.
    """
    parents = _parents(context)
    if parents is None:
        return None
    names = _names(context)
    target = _target(context, parents)
    found = select_candidates.gather(context, STAGE, target, names)
    if not found.any:
        if target.is_fresh:
            create.add_keys(context, target, names)
        return Promoted(found, target)
    classify(context, STAGE, target, JUDGING, **names)
    written = write_rows.write(context, STAGE, target)
    if target.is_fresh:
        create.add_keys(context, target, names)
    healed = update_quarantine.settle(context, STAGE)
    if written >= write_rows.ANALYZE_FROM:
        context.stale.append(target.table.identifier)
    return Promoted(found, target, healed)


def _parents(context: Context) -> list[Table] | None:
    """The parents' tables; None where one is missing and no relation asks for it."""
    settings = context.settings
    found: list[Table] = []
    missing: list[str] = []
    for parent in PARENTS:
        place = parent.table(settings)
        table = catalog.describe(context.conn, settings.schema, place.table)
        if table is None:
            missing.append(f"{settings.schema}.{place.table}")
        else:
            check_key(table, place.key)
            found.append(table)
    if not missing:
        return found
    if not (context.landed.get(RELATIONS.stream) or _waits(context)):
        return None
    raise TaskwhoError(
        MISCONFIGURED,
        f"Relations refer to {', '.join(missing)}, which "
        f"{'is' if len(missing) == 1 else 'are'} not there. Load users, contacts and tasks too, "
        "which creates them: `meltano run sync-all` or `taskwho sync --all`. Or create them "
        "yourself (README, tables), or name yours in TASKWHO_SCHEMA, TASKWHO_USERS_TABLE, "
        "TASKWHO_CONTACTS_TABLE and TASKWHO_ACTIVITIES_TABLE. What landed is kept and goes in "
        "then.",
    )


def _waits(context: Context) -> bool:
    return context.holds(sql.SQL("select from taskwho.failed_relations"))


def _names(context: Context) -> dict[str, sql.Composable]:
    """What the scripts call the parents' tables and their keys."""
    settings = context.settings
    names: dict[str, sql.Composable] = {}
    for parent in PARENTS:
        place = parent.table(settings)
        names[parent.name] = sql.Identifier(settings.schema, place.table)
        names[f"{parent.name}_key"] = sql.Identifier(place.key)
        names[f"{parent.name}_title"] = sql.Literal(place.table)
    return names


def _target(context: Context, parents: list[Table]) -> Target:
    """The result's table, made if it is not there."""
    settings = context.settings
    table = catalog.describe(context.conn, settings.schema, settings.relations_table)
    is_fresh = table is None
    if table is None:
        table = create.create(context, "create_relations", settings.relations_table, KEY)
        create.hold_parents(context, parents)
    return aim(RELATIONS, table, KEY, needs_all=True, is_fresh=is_fresh)
