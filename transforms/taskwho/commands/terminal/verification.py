"""What a comparison found, for a person or a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from taskwho.commands.terminal.look import Tone, tell
from taskwho.commands.terminal.output import say
from taskwho.model.results.verification import KINDS
from taskwho.report.number_formats import duration, instant, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.results.counts import Totals
    from taskwho.model.results.verification import Kind, Verification

_WORDS: dict[Kind, str] = {
    "missing": "missing here",
    "changed": "with other content here",
    "deleted": "deleted in Salesforce and live here",
    "gone": "live here and not shown by Salesforce",
}


def say_verification(found: Verification, *, as_json: bool) -> None:
    """The verdict first; or all as one line of JSON."""
    if as_json:
        say(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    label, rest = _verdict(found)
    tell(label, rest, Tone.GOOD if found.is_equal else Tone.BAD)
    for line in lines(found):
        tell(" " * line.startswith(" "), line.strip())


def lines(found: Verification) -> Iterator[str]:
    """What a person reads after the verdict."""
    yield (
        f"Live relations: {_known(found.in_org)} in Salesforce up to {found.until}; here "
        f"{number(found.in_table)} in the table, {number(found.waiting)} waiting, "
        f"{number(found.set_aside)} set aside."
    )
    yield _health(found.totals)
    for kind in KINDS:
        if found.differences.get(kind):
            yield _line(found, kind)
    if found.not_read_yet:
        yield (
            f"Not read yet, and no difference: {number(found.not_read_yet)} that changed after the "
            "last run. `taskwho sync` reads them."
        )
    for ghost in found.ghosts:
        yield f"{ghost.what}: {number(ghost.total)}, {_ids(list(ghost.ids), ghost.total)}."
    yield from found.notes
    yield _cost(found)
    if found.report_path:
        yield f"Report of the repair: {found.report_path}"


def _health(totals: Totals) -> str:
    """How much of what is live is in the table, and when that was counted."""
    at = "now" if totals.counted_at is None else f"at {instant(totals.counted_at)} UTC"
    found = "nothing yet" if totals.percent is None else percent(totals.percent)
    return (
        f"Health: {found}, counted anew {at}: live relations in the table "
        f"{number(totals.in_table or 0)}, waiting {number(totals.waiting)}."
    )


def _verdict(found: Verification) -> tuple[str, str]:
    total, left = sum(found.differences.values()), sum(found.standing.values())
    if not total:
        return f"Equal by {found.by}:", "the table holds what Salesforce shows."
    if not found.repaired:
        return f"{_relations(total)} different.", "`taskwho verify --repair` repairs them."
    if left:
        rest = f"repaired, but for {number(left)} that still differ."
        return f"{_relations(total)} different;", rest
    return f"{_relations(total)} different, and repaired:", f"equal by {found.by} now."


def _line(found: Verification, kind: Kind) -> str:
    total = found.differences[kind]
    return f"  {number(total)} {_WORDS[kind]}: {_ids(found.examples.get(kind, []), total)}"


def _relations(total: int) -> str:
    return "1 relation is" if total == 1 else f"{number(total)} relations are"


def _ids(ids: list[str], total: int) -> str:
    more = total - len(ids)
    return ", ".join(ids) + (f" and {number(more)} more" if more > 0 else "")


def _known(rows: int | None) -> str:
    return "an unknown number" if rows is None else number(rows)


def _cost(found: Verification) -> str:
    org = ""
    if found.api_used is not None and found.api_max is not None:
        org = f"; the org has used {number(found.api_used)} of {number(found.api_max)}"
    return (
        f"{number(found.api_calls)} API calls, {number(found.pages)} of them read rows{org}. "
        f"It took {duration(found.seconds)}."
    )
