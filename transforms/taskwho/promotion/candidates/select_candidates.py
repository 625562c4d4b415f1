"""Selects the rows to classify: the newest landed version of each Id, and waiting rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taskwho.database import scripts
from taskwho.database.scripts import Scripts
from taskwho.promotion.candidates import unread_fields
from taskwho.promotion.candidates.retries import remember, retry

if TYPE_CHECKING:
    from taskwho.model.entities import Field
    from taskwho.promotion.context import Context
    from taskwho.promotion.tables.names import Names

_SQL = Scripts(__package__)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Distinct Ids: landed; waiting and tried again; waiting and left as they are.

    Of the last, `kept` have failed and `kept_aside` are set aside. Some of those to classify were
    read without the fields `unread`.
    """

    landed: int
    tried: int
    kept: int
    kept_aside: int
    unread: tuple[Field, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to classify."""
        return bool(self.landed or self.tried)


def select_candidates(context: Context, names: Names) -> Candidates:
    """Make the view `landed`: one version of each Id that landed or is tried again."""
    landed = _distinct(context, names)
    unread = context.unread.get(names.entity.stream, frozenset())
    if landed < context.landed.get(names.entity.stream, 0):
        unread_fields.supersede(context, names, unread)
    tried, kept, kept_aside = _waiting(context, names)
    fields = scripts.names([field.source for field in names.entity.fields])
    _SQL.run_for(
        context.conn,
        "landed_and_retried" if tried else "landed",
        names,
        fields=fields,
        filled=unread_fields.filled(context, names, unread),
    )
    if tried:
        unread |= unread_fields.of_retried(context, names)
    fields_unread = tuple(field for field in names.entity.fields if field.source in unread)
    return Candidates(landed, tried, kept, kept_aside, fields_unread)


def _distinct(context: Context, names: Names) -> int:
    """How many Ids have landed. The key of a fresh table finds those that landed twice."""
    landed = context.landed.get(names.entity.stream, 0)
    if not landed or (names.into.is_fresh and context.trusts_landed):
        return landed
    return context.number(_SQL.compose("distinct_keys", names))


def _waiting(context: Context, names: Names) -> tuple[int, int, int]:
    """How many waiting rows are tried again, are left as failed, are left as set aside."""
    if not context.waits(names.entity):
        remember(context, names)
        return 0, 0, 0
    tried = retry(context, names)
    kept, kept_aside = _SQL.run_for(context.conn, "kept", names).fetchall()[0]
    return tried, kept, kept_aside
