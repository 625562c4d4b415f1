"""The report: a result document as Markdown with its JSON twin, put in place whole."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from taskwho.model.atomic_file import write_atomically
from taskwho.model.result import Missing
from taskwho.report import wording
from taskwho.report.next_steps import label_for, next_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jinja2 import Template

    from taskwho.model.result import Record, RunResult, Window

PREFIX = "taskwhorelation_sync_results_"
_NAME = re.compile(rf"{PREFIX}(\d{{8}}_\d{{6}})(_\d+)?")
_BATCHES_INLINE = 200
_FOREIGN_KEYS = ("missing_task", "missing_contact", "missing_user")
_HEADLINES = {
    "failed": "The run failed.",
    "quota": "The run stopped before the API quota was used up.",
    "stopped": "The run was stopped by hand.",
    "nothing": "Nothing had landed since the last run.",
}


def render(result: RunResult) -> str:
    """The report as Markdown; the same result gives the same text."""
    whole = _with_next_steps(result)
    return _template().render(
        result=whole,
        at=_at(whole),
        headline=" ".join(filter(None, (_HEADLINES.get(whole.status), whole.error))),
        counts=whole.counts,
        accounting=whole.accounting,
        success_percent=whole.counts.success_percent,
        window=_window(whole),
        batches=whole.batches[:_BATCHES_INLINE],
        org_percent=_org_percent(whole),
        records=_records,
        foreign_keys=_foreign_keys(whole),
        missing_ids=[
            (title, whole.missing.get(kind, Missing()))
            for title, kind in (("Task", "tasks"), ("Contact", "contacts"), ("User", "users"))
        ],
        other_errors=_other_errors(whole),
    )


def publish(result: RunResult, reports_dir: Path) -> Path:
    """Write the report, its JSON twin and latest.md; each is whole or as it was before."""
    reports_dir.mkdir(parents=True, exist_ok=True)
    name = result.report_name or f"{PREFIX}{_at(result):%Y%m%d_%H%M%S}"
    whole = replace(_with_next_steps(result), report_name=_free_name(reports_dir, name, result))
    text = render(whole)
    report = reports_dir / f"{whole.report_name}.md"
    write_atomically(report.with_suffix(".json"), _twin(whole))
    write_atomically(report, text)
    write_atomically(reports_dir / "latest.md", text)
    return report


def _twin(result: RunResult) -> Iterator[str]:
    """Piece after piece: a large journal's whole text would take more than the rest together."""
    yield from wording.json_pieces(result.to_dict())
    yield "\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("taskwho.report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown; foreign text goes through `prose` and `code`
    )
    for filter_ in (
        wording.number,
        wording.percent,
        wording.duration,
        wording.instant,
        wording.prose,
        wording.code,
    ):
        environment.filters[filter_.__name__] = filter_
    return environment.get_template("report.md.jinja")


def _with_next_steps(result: RunResult) -> RunResult:
    return result if result.next_steps else replace(result, next_steps=next_steps(result))


def _at(result: RunResult) -> datetime:
    """The time in the report's name, which its title repeats."""
    if named := _NAME.fullmatch(result.report_name):
        return datetime.strptime(named[1], "%Y%m%d_%H%M%S").replace(tzinfo=UTC)
    return result.finished_at.astimezone(UTC)


def _free_name(folder: Path, name: str, result: RunResult) -> str:
    """The name, or the next one that no other run's report has: two runs can share a second."""
    number, candidate = 1, name
    while _belongs_to_another(folder / f"{candidate}.json", result):
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def _belongs_to_another(twin: Path, result: RunResult) -> bool:
    try:
        other: dict[str, Any] = json.loads(twin.read_text("utf-8"))
    except FileNotFoundError:
        return False
    except ValueError:
        return True
    mine = result.to_dict()
    return any(other.get(key) != mine[key] for key in ("run_id", "started_at", "run_ids"))


def _window(result: RunResult) -> str:
    windows = [w for w in result.windows if w.stream == "task_who_relations"] or result.windows
    shown = []
    for window in windows:
        to = wording.instant(window.to) if window.to else "now"
        cut = "" if window.complete else f" (not complete: {_how_far(window)})"
        shown.append(f"{wording.instant(window.from_)} to {to}{cut}")
    return "; ".join(dict.fromkeys(shown)) or "none"


def _how_far(window: Window) -> str:
    why = wording.prose(window.outcome or "cut short")
    if window.counted is None:
        return why
    return f"{why} after {wording.number(window.records)} of {wording.number(window.counted)} rows"


def _org_percent(result: RunResult) -> float | None:
    used, maximum = result.api.used, result.api.max
    return 100 * used / maximum if used is not None and maximum else None


def _records(records: Sequence[Record], total: int, file: str | None) -> str:
    """Records one a line in a fenced block, after where the rest stands."""
    parts = []
    if file:
        parts.append(
            f"The first {wording.number(len(records))} of {wording.number(total)}; "
            f"all of them: [{file}]({file}) (one JSON record a line, gzip)."
        )
    if records:
        lines = "\n".join(wording.json_line(_record(record)) for record in records)
        parts.append(f"```json\n{lines}\n```")
    return "\n\n".join(parts) or "None."


def _record(record: Record) -> dict[str, Any]:
    return {
        name: getattr(record, name)
        for name in ("success", "salesforce_id", "task_id", "relation_id", "error", "action")
    }


def _foreign_keys(result: RunResult) -> int:
    """Relations with a missing parent; one that lacks two parents counts once."""
    if "foreign_key" in result.errors:
        return result.errors["foreign_key"]
    return min(sum(result.errors.get(r, 0) for r in _FOREIGN_KEYS), result.counts.failed)


def _other_errors(result: RunResult) -> list[tuple[str, int]]:
    return [
        (label_for(reason), count)
        for reason, count in result.errors.items()
        if reason not in (*_FOREIGN_KEYS, "foreign_key", "lead")
    ]
