"""The references of one stream's rows to their parents, as expressions of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.model.entities import PREFIX_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from taskwho.model.entities import Entity, Reference


def is_missing(entity: Entity, reference: Reference) -> sql.Composed:
    """Whether the column `missing` (field -> Id) of a row holds the Id of this reference."""
    field = sql.Literal(reference.field)
    found = missing_id(reference)
    return sql.SQL("(missing ? {} and {})").format(field, _chooses(entity, reference, found))


def missing_id(reference: Reference) -> sql.Composed:
    """The Id of a field in the column `missing`; null where it is not missing."""
    return sql.SQL("missing ->> {}").format(sql.Literal(reference.field))


def of_parent(
    entity: Entity,
    field: sql.Composable,
    record_id: sql.Composable,
    told: Callable[[Entity], str],
) -> sql.Composed:
    """What is told of the parent that an Id in a field belongs to."""
    cases = [
        sql.SQL("when {} = {} and {} then {}").format(
            field,
            sql.Literal(reference.field),
            _chooses(entity, reference, record_id),
            sql.Literal(told(reference.parent)),
        )
        for reference in entity.references
    ]
    return sql.SQL("case {} end").format(sql.SQL(" ").join(cases))


def _chooses(entity: Entity, reference: Reference, record_id: sql.Composable) -> sql.Composable:
    """Whether an Id in the reference's field belongs to its parent."""
    first, *others = entity.parents_of(reference.field)
    if not others:
        return sql.SQL("true")
    is_first = reference.parent is first
    prefixes = [parent.prefix for parent in (others if is_first else [reference.parent])]
    return sql.SQL("left({}, {}) {} ({})").format(
        record_id,
        sql.Literal(PREFIX_LENGTH),
        sql.SQL("not in" if is_first else "in"),
        sql.SQL(", ").join(map(sql.Literal, prefixes)),
    )
