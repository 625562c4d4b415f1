"""The report as a page: self-contained, for light and dark, with foreign text made inert."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from taskwho.model.entities import RELATIONS
from taskwho.model.reasons import FOREIGN_KEY
from taskwho.report import missing_parents
from taskwho.report.charts import charts, health_chart
from taskwho.report.history import past_run
from taskwho.report.inert_text import visible
from taskwho.report.markdown import report_time, shown_window
from taskwho.report.next_steps import effect, label_for, with_next_steps
from taskwho.report.number_formats import duration, instant, number, percent
from taskwho.report.parts import batches, records
from taskwho.report.parts.standing import blame, failing, org_sum, standing
from taskwho.report.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taskwho.model.results.result import RunResult
    from taskwho.report.history import PastRun

_TREND = 14
_ROWS = (500, 200, 50, 10)  # of each table, the first number with which the page is small enough
LARGEST = 1_900_000  # bytes
_LONGEST, _LONGEST_TEXT = 200, 2_000  # characters of a value, and of a sentence
_WORST = 5
_COMMAND = re.compile(r"`([^`]+)`")


def render_page(result: RunResult, earlier: Sequence[PastRun]) -> str:
    """The page of one run. `earlier` are the runs before it, the oldest first."""
    whole = with_next_steps(result)
    runs = [*earlier[-_TREND + 1 :], past_run(whole, whole.report_name)]
    page = ""
    for rows in _ROWS:
        page = _rendered(whole, runs, rows)
        if len(page.encode()) < LARGEST:
            break
    return page


def _rendered(whole: RunResult, runs: Sequence[PastRun], rows: int) -> str:
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            result=whole,
            rows=rows,
            title=f"{verdict(whole)} TaskWhoRelation sync {instant(report_time(whole))} UTC",
            verdict=verdict(whole) or "The run has ended.",
            blame=blame(whole),
            failing=failing(whole),
            level=_level(whole),
            org_sum=org_sum(whole),
            about=_about(whole),
            tiles=standing(whole),
            effect=effect,
            shares=_shares(whole),
            missing=_missing(whole),
            asked=missing_parents.asked(whole),
            reasons=_reasons(whole),
            batches=batches.listed(whole, rows // 2 - 1),
            chart=health_chart(runs, whole.totals.goal),
            numbers=_numbers(whole),
        )
    )


def render_index(runs: Sequence[PastRun]) -> str:
    """The page of all runs, the oldest first."""
    goal = runs[-1].goal if runs else None
    template = _environment().get_template("index.html.jinja")
    return template.render(runs=runs, charts=charts(runs, goal))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("taskwho.report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else visible(value),
    )
    for filter_ in (number, percent, duration, instant, cut, commands, moment, tile):
        environment.filters[filter_.__name__] = filter_
    return environment


def cut(value: object) -> str:
    """A value that Salesforce or PostgreSQL sent, cut at 200 characters."""
    return records.cut(visible("" if value is None else value), _LONGEST)


def moment(value: object) -> str:
    """A time in UTC, cut where it is none; empty where there is none."""
    return cut(instant(str(value))) if value else ""


def tile(meaning: str) -> str:
    """What a number means, below it."""
    return meaning.lstrip(" ,:")


def commands(text: str) -> Markup:
    """A sentence whose commands, between backticks, are shown as code."""
    shown = str(escape(records.cut(visible(text), _LONGEST_TEXT)))
    return Markup(_COMMAND.sub(r"<code>\1</code>", shown))  # noqa: S704 - escaped


def _about(result: RunResult) -> list[str]:
    return [
        f"Run {result.run_id}" if result.run_id else "A run that is not in the database",
        result.mode or "mode unknown",
        f"ended {instant(result.finished_at)} UTC",
        duration(result.seconds),
    ]


def _level(result: RunResult) -> str:
    if result.status == "failed":
        return "bad"
    return "warn" if result.is_degraded or result.error or result.exit_code else "ok"


def _shares(result: RunResult) -> list[dict[str, Any]]:
    """Where the relations are, each with its place in a bar that is 100 wide."""
    totals = result.totals
    kinds = [
        ("stored", totals.in_table or 0, "in the table"),
        ("waiting", totals.waiting, "waiting"),
        ("aside", totals.set_aside, "set aside: no table for them here"),
    ]
    whole = sum(count for _, count, _ in kinds)
    if not whole:
        return []
    ends = list(accumulate((100 * count / whole for _, count, _ in kinds), initial=0.0))
    return [
        {"kind": kind, "count": count, "text": text, "x": start, "width": end - start}
        for (kind, count, text), start, end in zip(kinds, ends, ends[1:], strict=False)
        if count
    ]


def _missing(result: RunResult) -> list[dict[str, Any]]:
    """The parents that relations wait for: how many, why, and which block most."""
    explained = result.explanation
    return [
        {
            "stream": parent.stream,
            "total": missing.total,
            "waiting": result.standing_errors.get(parent.missing, 0),
            "groups": explained.of(parent.stream),
            "ends": explained.table_ends.get(parent.stream),
            "worst": [one for one in explained.worst if one.parent == parent.stream][:_WORST],
        }
        for parent in dict.fromkeys(reference.parent for reference in RELATIONS.references)
        if (missing := result.missing.get(parent.stream)) and missing.total
    ]


def _reasons(result: RunResult) -> list[dict[str, Any]]:
    reasons = dict.fromkeys((*result.standing_errors, *result.errors))
    reasons.pop(FOREIGN_KEY, None)
    return [
        {
            "label": label_for(reason),
            "now": result.errors.get(reason, 0),
            "waiting": result.standing_errors.get(reason, 0),
        }
        for reason in reasons
    ]


def _numbers(result: RunResult) -> list[tuple[str, str]]:
    """Every count by its name in the JSON twin, then window and version."""
    counts = [
        (name.replace("_", " "), number(value)) for name, value in result.counts.to_dict().items()
    ]
    return [
        *counts,
        ("window", shown_window(result)),
        ("runs of the tap", ", ".join(result.run_ids)),
    ]
