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
from taskwho.report.charts import charts, health_chart
from taskwho.report.history import past_run
from taskwho.report.inert_text import visible
from taskwho.report.markdown import report_time, shown_window
from taskwho.report.next_steps import label_for, with_next_steps
from taskwho.report.number_formats import duration, instant, number, percent
from taskwho.report.verdict import freshness, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taskwho.model.results.result import RunResult
    from taskwho.report.history import PastRun

_TREND = 14
_LONGEST = 200
_WORST = 5
_COMMAND = re.compile(r"`([^`]+)`")


def render_page(result: RunResult, earlier: Sequence[PastRun]) -> str:
    """The page of one run. `earlier` are the runs before it, the oldest first."""
    whole = with_next_steps(result)
    runs = [*earlier[-_TREND + 1 :], past_run(whole, whole.report_name)]
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            result=whole,
            title=f"{verdict(whole)} TaskWhoRelation sync {instant(report_time(whole))} UTC",
            verdict=verdict(whole) or "The run has ended.",
            level=_level(whole),
            freshness=freshness(whole),
            about=_about(whole),
            tiles=_tiles(whole, earlier[-1] if earlier else None),
            shares=_shares(whole),
            missing=_missing(whole),
            reasons=_reasons(whole),
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
    for filter_ in (number, percent, duration, instant, cut, commands):
        environment.filters[filter_.__name__] = filter_
    return environment


def cut(value: object) -> str:
    """A value that Salesforce or PostgreSQL sent, cut at 200 characters."""
    text = visible("" if value is None else value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def commands(text: str) -> Markup:
    """A sentence whose commands, between backticks, are shown as code."""
    return Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(visible(text)))))  # noqa: S704 - escaped


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


def _tiles(result: RunResult, before: PastRun | None) -> list[dict[str, str]]:
    """Freshness, health, waiting and API share, each against the last run."""
    totals, api = result.totals, result.api
    until = instant(totals.fresh_until) if totals.fresh_until else ""
    day, _, day_time = until.partition(" ")
    then = None if before is None or before.health is None else f"; {percent(before.health)} before"
    waited = f"; {number(before.waiting)} before" if before else ""
    share = 100 * api.used / api.max if api.used is not None and api.max else None
    return [
        {
            "value": day_time or "unknown",
            "text": f"UTC{' on ' + day if day else ''}: all changes up to then are read",
        },
        {
            "value": "unknown" if result.health is None else percent(result.health),
            "text": f"health: live relations in the table; goal {totals.goal:g}%{then or ''}",
        },
        {
            "value": number(totals.waiting),
            "text": f"live relations wait in quarantine{waited}",
        },
        {
            "value": "unknown" if share is None else percent(share),
            "text": f"of the org's daily API calls; this run made {number(api.calls)}",
        },
    ]


def _shares(result: RunResult) -> list[dict[str, Any]]:
    """Where the relations are, each with its place in a bar that is 100 wide."""
    totals = result.totals
    kinds = [
        ("stored", totals.in_table or 0, "in the table"),
        ("waiting", totals.waiting, "waiting"),
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
