"""The report as Markdown. CONTRIBUTING.md has the recipe: add a report heading."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from taskwho.model.entities import RELATIONS
from taskwho.model.reasons import FOREIGN_KEY, FOREIGN_KEYS
from taskwho.model.results.result import REPORT_PREFIX, Missing
from taskwho.report import missing_parents
from taskwho.report.inert_text import code, json_line, prose
from taskwho.report.next_steps import label_for, with_next_steps
from taskwho.report.number_formats import duration, instant, number, percent
from taskwho.report.verdict import counted, freshness, share, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from taskwho.model.results.result import Record, RunResult, Window

_NAME = re.compile(rf"{REPORT_PREFIX}(\d{{8}}_\d{{6}})(_\d+)?")
_BATCHES_INLINE = 200


def render(result: RunResult) -> str:
    """The report. The same result gives the same text."""
    whole = with_next_steps(result)
    return _template().render(
        result=whole,
        at=report_time(whole),
        verdict=verdict(whole),
        freshness=freshness(whole),
        counted=counted(whole),
        counts=whole.counts,
        accounting=whole.accounting,
        share=partial(share, whole),
        window=shown_window(whole),
        batches=whole.batches[:_BATCHES_INLINE],
        org_percent=_org_percent(whole),
        records=_records,
        foreign_keys=_foreign_keys(whole),
        missing_ids=[
            (
                parent.noun.title(),
                whole.missing.get(parent.stream, Missing()),
                missing_parents.lines(whole.explanation, parent.stream),
            )
            for parent in dict.fromkeys(found.parent for found in RELATIONS.references)
        ],
        asked=missing_parents.asked(whole),
        other_errors=_other_errors(whole),
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
    for filter_ in (number, percent, duration, instant, prose, code):
        environment.filters[filter_.__name__] = filter_
    return environment.get_template("report.md.jinja")


def shown_window(result: RunResult) -> str:
    """The windows that the run read, as one line."""
    windows = [w for w in result.windows if w.stream == RELATIONS.stream] or result.windows
    shown = []
    for window in windows:
        to = instant(window.to) if window.to else "now"
        cut = "" if window.complete else f" (not complete: {_how_far(window)})"
        shown.append(f"{instant(window.from_)} to {to}{cut}")
    return prose("; ".join(dict.fromkeys(shown)) or "none")


def _how_far(window: Window) -> str:
    why = window.outcome or "cut short"
    if window.counted is None:
        return why
    return f"{why} after {number(window.records)} of {number(window.counted)} rows"


def _org_percent(result: RunResult) -> float | None:
    used, maximum = result.api.used, result.api.max
    return 100 * used / maximum if used is not None and maximum else None


def _records(records: Sequence[Record], total: int, file: str | None) -> str:
    """Records in a fenced block, one a line; before it, the file that holds all of them."""
    parts = []
    if file:
        parts.append(
            f"The first {number(len(records))} of {number(total)}; "
            f"all of them: [{file}]({file}) (one JSON record a line, gzip)."
        )
    if records:
        lines = "\n".join(json_line(_record(record)) for record in records)
        parts.append(f"```json\n{lines}\n```")
    return "\n\n".join(parts) or "None."


def _record(record: Record) -> dict[str, Any]:
    return {
        name: getattr(record, name)
        for name in ("success", "salesforce_id", "task_id", "relation_id", "error", "action")
    }


def _foreign_keys(result: RunResult) -> int:
    """Relations with a missing parent. One that lacks two parents counts once."""
    if FOREIGN_KEY in result.errors:
        return result.errors[FOREIGN_KEY]
    return min(sum(result.errors.get(r, 0) for r in FOREIGN_KEYS), result.counts.failed)


def _other_errors(result: RunResult) -> list[tuple[str, int]]:
    return [
        (label_for(reason), count)
        for reason, count in result.errors.items()
        if reason not in (*FOREIGN_KEYS, FOREIGN_KEY, "lead")
    ]
