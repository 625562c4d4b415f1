"""The report as Markdown. CONTRIBUTING.md has the recipe: add a report heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from taskwho.model.entities import RELATIONS
from taskwho.model.reasons import FOREIGN_KEY, FOREIGN_KEYS
from taskwho.model.results.result import REPORT_PREFIX, Missing
from taskwho.report import inert_text, missing_parents
from taskwho.report.inert_text import json_line
from taskwho.report.next_steps import effect, label_for, with_next_steps
from taskwho.report.number_formats import duration, instant, number, percent
from taskwho.report.parts import batches, records
from taskwho.report.parts.standing import api_share, blame, failing, org_sum, standing
from taskwho.report.verdict import share, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Template

    from taskwho.model.results.result import Record, RunResult, Window

_NAME = re.compile(rf"{REPORT_PREFIX}(\d{{8}}_\d{{6}})(_\d+)?")
LARGEST = 20_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """How much of everything is shown: characters of a text, of a value; rows of a list."""

    records: int
    rows: int = 10
    value: int = 200
    text: int = 2_000

    @staticmethod
    def all(most_records: int) -> Iterator[_Size]:
        """Every size, the largest first; the last one fits whatever happened."""
        while most_records > 1:
            yield _Size(records=most_records)
            most_records = most_records * 2 // 3
        yield _Size(records=most_records)
        yield _Size(records=1, text=500)
        yield _Size(records=1, rows=5, value=60, text=200)
        yield _Size(records=0, rows=3, value=20, text=80)


def render(result: RunResult) -> str:
    """The report, in fewer bytes than LARGEST. The same result gives the same text."""
    whole = with_next_steps(result)
    lists = (whole.failed_records, whole.standing_records, whole.successful_records)
    text = ""
    for size in _Size.all(min(max(map(len, lists)), 50)):
        text = _rendered(whole, size)
        if len(text.encode()) < LARGEST:
            break
    return text


def _rendered(result: RunResult, size: _Size) -> str:
    return _template().render(
        result=result,
        size=size,
        prose=lambda value: _prose(value, size.text),
        cell=lambda value: _prose(value, size.value),
        code=lambda value: inert_text.code(records.cut(value, size.value)),
        at=report_time(result),
        verdict=verdict(result),
        blame=blame(result),
        failing=failing(result),
        standing=standing(result),
        org_sum=org_sum(result),
        effect=effect,
        counts=result.counts,
        accounting=result.accounting,
        share=partial(share, result),
        window=shown_window(result),
        batches=batches.listed(result, size.rows),
        org_percent=api_share(result.api.used, result.api.max),
        records=partial(_records, size),
        foreign_keys=_foreign_keys(result),
        missing_ids=list(_missing(result, size)),
        asked=missing_parents.asked(result),
        other_errors=_other_errors(result),
    )


def report_time(result: RunResult) -> datetime:
    """The time in the report's name, which its title repeats."""
    if named := _NAME.fullmatch(result.report_name):
        return datetime.strptime(named[1], "%Y%m%d_%H%M%S").replace(tzinfo=UTC)
    return result.finished_at.astimezone(UTC)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("taskwho.report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown: `prose` and `code` make foreign text harmless
    )
    for filter_ in (number, percent, duration, instant):
        environment.filters[filter_.__name__] = filter_
    environment.filters["prose"] = _prose
    return environment.get_template("report.md.jinja")


def _prose(value: object, most: int) -> str:
    return inert_text.prose(records.cut(value, most))


def shown_window(result: RunResult) -> str:
    """The windows that the run read, as one line of plain text."""
    windows = [w for w in result.windows if w.stream == RELATIONS.stream] or result.windows
    shown = []
    for window in windows:
        to = instant(window.to) if window.to else "now"
        cut = "" if window.complete else f" (not complete: {_how_far(window)})"
        shown.append(f"{instant(window.from_)} to {to}{cut}")
    return "; ".join(dict.fromkeys(shown)) or "none"


def _how_far(window: Window) -> str:
    why = window.outcome or "cut short"
    if window.counted is None:
        return why
    return f"{why} after {number(window.records)} of {number(window.counted)} rows"


def _records(size: _Size, listed: Sequence[Record], total: int, *files: str | None) -> str:
    """Records in a fenced block, one a line; before it, the files that hold all of them."""
    shown, parts = listed[: size.records], []
    links = " and ".join(f"[{file}]({file})" for file in files if file)
    if links or total > len(shown):
        parts.append(
            f"The first {number(len(shown))} of {number(total)}"
            f"{f'; all of them: {links}' if links else ''}."
        )
    if shown:
        lines = "\n".join(json_line(records.whole(record, size.value)) for record in shown)
        parts.append(f"```json\n{lines}\n```")
    return "\n\n".join(parts) or "None."


def _missing(result: RunResult, size: _Size) -> Iterator[dict[str, Any]]:
    """What is missing of each parent, how much that blocks, and why."""
    for parent in dict.fromkeys(found.parent for found in RELATIONS.references):
        missing = result.missing.get(parent.stream, Missing())
        explained = missing_parents.lines(result.explanation, parent.stream)
        yield {
            "title": parent.noun.title(),
            "total": missing.total,
            "blocked": result.standing_errors.get(
                parent.missing, result.errors.get(parent.missing)
            ),
            "why": explained[: size.rows],
            "ids": [] if explained else missing.ids[:5],
        }


def _foreign_keys(result: RunResult) -> int:
    """Relations with a missing parent. One that lacks two parents counts once."""
    if FOREIGN_KEY in result.errors:
        return result.errors[FOREIGN_KEY]
    return min(sum(result.errors.get(r, 0) for r in FOREIGN_KEYS), result.counts.failed)


def _other_errors(result: RunResult) -> list[tuple[str, int, int]]:
    """Every other reason: its label, relations of this run, relations that wait in all."""
    return [
        (label_for(reason), result.errors.get(reason, 0), result.standing_errors.get(reason, 0))
        for reason in dict.fromkeys((*result.errors, *result.standing_errors))
        if reason not in (*FOREIGN_KEYS, FOREIGN_KEY, "lead")
    ]
