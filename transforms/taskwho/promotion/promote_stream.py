"""The way of one stream's rows: select candidates, classify, write, quarantine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.database import scripts
from taskwho.model.entities import PARENTS
from taskwho.promotion.candidates.select_candidates import select_candidates
from taskwho.promotion.classify.classify import Outcome, classify, outcomes
from taskwho.promotion.quarantine import update_quarantine as quarantine
from taskwho.promotion.tables.keys import add_keys
from taskwho.promotion.tables.names import Names
from taskwho.promotion.tables.parents import find_parents, lock_parents
from taskwho.promotion.tables.target import resolve_target
from taskwho.promotion.write.write_rows import write_rows

if TYPE_CHECKING:
    from taskwho.model.entities import Entity
    from taskwho.promotion.candidates.select_candidates import Candidates
    from taskwho.promotion.context import Context

# rows after which the statistics of a table are out of date
_ANALYZE_FROM = 10_000


@dataclass(frozen=True, slots=True)
class Promoted:
    """What was classified, where it went, what became of it; `healed` rows had waited.

    `aside_changed` rows came to those that are set aside, changed there, or left them.
    """

    names: Names
    found: Candidates
    outcomes: list[Outcome]
    healed: int = 0
    aside_changed: int = 0


def promote_stream(context: Context, entity: Entity) -> Promoted | None:
    """Bring landed and waiting rows in; None where there are none, or no table for them.

    Raises TaskwhoError where a table is missing that the rows refer to.
    """
    if not (context.came(entity) or context.waits(entity)):
        return None
    parents = find_parents(context, entity)
    target = None if parents is None else resolve_target(context, entity)
    if target is None:
        return None
    names = Names.of(entity, target, parents)
    if target.is_fresh and parents and context.settings.creates_foreign_keys:
        lock_parents(context, parents)
    found = select_candidates(context, names)
    names = replace(names, unread=found.unread)
    written = 0
    if found.any:
        classify(context, names)
        written = write_rows(context, names)
    if target.is_fresh and entity.references:
        add_keys(context, names)
    if not found.any:
        return Promoted(names, found, [])
    changed, healed = quarantine.update_quarantine(context, names)
    aside = quarantine.update_set_aside(context, names) if entity.set_aside else 0
    _analyze(context, names, written=written, quarantined=changed)
    return Promoted(names, found, _outcomes(context, names, found, written), healed, aside)


def _outcomes(context: Context, names: Names, found: Candidates, written: int) -> list[Outcome]:
    """What became of all rows; those that a fresh table took need no look."""
    if not names.into.is_fresh or found.tried:
        return outcomes(context, names, names.classified)
    others = outcomes(context, names, names.kept)
    if not written:
        return others
    # `live_change` takes deleted rows for live: the live rows of a fresh table are counted anew
    inserted = Outcome(
        is_retried=False, outcome="inserted", reasons=None, rows=written, live_change=written
    )
    return [inserted, *others]


def _analyze(context: Context, names: Names, *, written: int, quarantined: int) -> None:
    """Statistics after a large load: of a parent now, as others join with it, else later."""
    if written >= _ANALYZE_FROM:
        if names.entity in PARENTS:
            context.analyze(names.target)
        else:
            # those of all columns take three times as long, and autovacuum still makes them:
            # such an `analyze` does not reset its count of changes (pgstat_report_analyze)
            referring = [names.entity.field(found.field).target for found in names.references]
            columns = scripts.names(list(dict.fromkeys([names.into.key, *referring])))
            context.changed.append(sql.SQL("{} ({})").format(names.target, columns))
    if quarantined >= _ANALYZE_FROM:
        context.changed += quarantine.joined_tables()
