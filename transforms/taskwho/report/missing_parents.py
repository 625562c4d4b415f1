"""What a report says of missing parents: how many, why, and which block most."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from taskwho.model.results.missing import NOT_ASKED
from taskwho.model.results.step import Step
from taskwho.report.inert_text import code
from taskwho.report.number_formats import instant, number, relations
from taskwho.report.parts.records import cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from taskwho.model.results.missing import Explanation, MissingGroup, MissingId
    from taskwho.model.results.result import RunResult

_SHOWN = 5
_LONGEST = 200


def lines(explanation: Explanation, parent: str) -> list[str]:
    """What is known of one parent's missing Ids, in Markdown; nothing where none is missing."""
    groups = explanation.of(parent)
    return [
        *_where_it_ends(explanation, parent),
        *map(_group, groups),
        *_worst(explanation, parent),
    ]


def asked(result: RunResult) -> str:
    """Whether Salesforce was asked, and when, where an earlier run did; empty for nothing."""
    explanation = result.explanation
    at = explanation.explained_at
    if at and datetime.fromisoformat(at) < result.started_at.replace(microsecond=0):
        return f"{explanation.asked} This was at {instant(at)} UTC: little has changed since."
    return explanation.asked


def steps(explanation: Explanation) -> list[Step]:
    """What to do about missing parents, the step that brings in most first."""
    return [_step(group) for group in explanation.groups]


def findings(explanation: Explanation, parents: Collection[str]) -> Iterator[tuple[str, str]]:
    """What waits for missing records of these streams and why, each with what to do."""
    for group in explanation.groups:
        if group.parent in parents:
            waits = f"{relations(group.relations)} wait{'s' if group.relations == 1 else ''}"
            yield f"{waits} in quarantine for {_because(group)}.", group.do


def _where_it_ends(explanation: Explanation, parent: str) -> Iterator[str]:
    end = explanation.table_ends.get(parent)
    if end and explanation.of(parent):
        table = _id(explanation.tables[parent])
        yield f"Your table {table} ends at {instant(end)} UTC"


def _group(group: MissingGroup) -> str:
    return f"{number(group.ids)} {group.label}: {_waiting(group)}"


def _worst(explanation: Explanation, parent: str) -> Iterator[str]:
    found = [one for one in explanation.worst if one.parent == parent][:_SHOWN]
    if found:
        yield f"The worst: {', '.join(map(_one, found))}"


def _one(missing: MissingId) -> str:
    into = f", merged into {_id(missing.merged_into)}" if missing.merged_into else ""
    return f"{_id(missing.id)} blocks {number(missing.relations)}{into}"


def _id(value: str) -> str:
    return code(cut(value, _LONGEST))  # whatever landed may stand in a field of Ids


def _step(group: MissingGroup) -> Step:
    because, others = _because(group), group.relations - group.brings_in
    if not group.brings_in:
        because = f"{because}; {_waiting(group)}"
    elif others:
        # so that it is no riddle that fewer come in than are blocked
        wait, it = "waits" if others == 1 else "wait", "it" if group.ids == 1 else "them"
        of = f"{number(others)} of the {relations(group.relations)} that need {it}"
        because = f"{because}; {of} {wait} for another record too"
    return Step(group.do, because, group.brings_in, certain=group.cause != NOT_ASKED)


def _because(group: MissingGroup) -> str:
    noun = group.parent.removesuffix("s") if group.ids == 1 else group.parent
    return f"{number(group.ids)} missing {noun}: {group.label}"


def _waiting(group: MissingGroup) -> str:
    wait = "waits" if group.relations == 1 else "wait"
    return f"{relations(group.relations)} {wait} for {'it' if group.ids == 1 else 'them'}"
