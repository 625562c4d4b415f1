"""What a report says of missing parents: how many, why, and which block most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.report.inert_text import code
from taskwho.report.number_formats import instant, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.missing import Explanation, MissingGroup, MissingId

_SHOWN = 5


def lines(explanation: Explanation, parent: str) -> list[str]:
    """What is known of one parent's missing Ids, in Markdown; nothing where none is missing."""
    groups = explanation.of(parent)
    return [
        *_where_it_ends(explanation, parent),
        *map(_group, groups),
        *_worst(explanation, parent),
    ]


def steps(explanation: Explanation) -> list[str]:
    """What to do about missing parents, the step that brings in most first."""
    return [_step(group) for group in explanation.groups]


def _where_it_ends(explanation: Explanation, parent: str) -> Iterator[str]:
    end = explanation.table_ends.get(parent)
    if end and explanation.of(parent):
        table = code(explanation.tables[parent])
        yield f"Your table {table} ends at {instant(end)}: its newest record was made then."


def _group(group: MissingGroup) -> str:
    blocked = f"{_relations(group.relations)} wait{'s' if group.relations == 1 else ''} for them"
    return f"{number(group.ids)} {group.label}: {blocked}"


def _worst(explanation: Explanation, parent: str) -> Iterator[str]:
    found = [one for one in explanation.worst if one.parent == parent][:_SHOWN]
    if found:
        yield f"The worst: {', '.join(map(_one, found))}"


def _one(missing: MissingId) -> str:
    into = f", merged into {code(missing.merged_into)}" if missing.merged_into else ""
    return f"{code(missing.id)} blocks {number(missing.relations)}{into}"


def _step(group: MissingGroup) -> str:
    because = f"{number(group.ids)} missing {group.parent}: {group.label}"
    if not group.brings_in:
        return f"{group.do} ({because}; {_relations(group.relations)} wait for them.)"
    return f"{group.do} It brings in {_relations(group.brings_in)} ({because})."


def _relations(count: int) -> str:
    return f"{number(count)} relation{'' if count == 1 else 's'}"
