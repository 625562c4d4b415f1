"""What Salesforce shows of one record now, and of the parents that it misses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.errors import TapError

from taskwho.model.entities import ENTITIES, PREFIX_LENGTH, RELATIONS
from taskwho.org.errors import of_tap
from taskwho.org.explain.answers import Asking
from taskwho.org.explain.explain import keep_answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import psycopg

    from taskwho.model.results.missing import MissingId
    from taskwho.org.explain.answers import Answer

_STREAMS = {entity.prefix: entity.stream for entity in ENTITIES}
_NOT_SHOWN = (
    "Salesforce does not show it now: it is hidden from the integration user, or gone for good."
)
_SHOWN = {
    "live": "Salesforce shows it now.",
    "inactive": "Salesforce shows it now: inactive.",
    "archived": "Salesforce shows it now: archived.",
    "recycle_bin": "Salesforce shows it now: in the recycle bin.",
    "merged": "Salesforce shows it now: in the recycle bin, merged into {into}.",
    "nothing": _NOT_SHOWN,
}
_FIELDS = ("Id", "IsDeleted", "SystemModstamp", "TaskId", "RelationId")


def ask_now(
    conn: psycopg.Connection[Any],
    salesforce: Mapping[str, Any],
    record_id: str,
    missing: Sequence[MissingId],
) -> list[str]:
    """Ask about a record, in one line, and about its missing parents, whose answers are kept.

    Raises the TaskwhoError family.
    """
    stream = _STREAMS.get(record_id[:PREFIX_LENGTH])
    wanted = [(one.parent, one.id) for one in missing]
    if stream not in {None, RELATIONS.stream} and not wanted:
        wanted = [(str(stream), record_id)]
    try:
        with Asking(salesforce) as asking:
            lines = []
            if stream == RELATIONS.stream:
                lines.append(_relation(asking.record(stream, record_id, _FIELDS)))
            answers = [answer for some in asking.about(wanted) for answer in some]
    except TapError as error:
        raise of_tap(error) from None
    if missing:
        keep_answers(conn, answers)
    return [*lines, *_shown(answers, record_id)]


def _shown(answers: Sequence[Answer], record_id: str) -> Iterator[str]:
    for answer in answers:
        if answer.parent_id == record_id:
            yield _SHOWN[answer.found].format(into=answer.merged_into)


def _relation(record: Mapping[str, Any] | None) -> str:
    if record is None:
        return _NOT_SHOWN
    deleted = " in the recycle bin" if record.get("IsDeleted") else ""
    return (
        f"Salesforce shows it now{deleted}, as of {record.get('SystemModstamp')}: task "
        f"{record.get('TaskId')}, person {record.get('RelationId')}."
    )
