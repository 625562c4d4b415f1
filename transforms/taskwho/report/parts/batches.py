"""The pages that a report lists, each with what became of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.model.entities import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taskwho.model.results.result import RunResult

TRIED_AGAIN = "tried again from quarantine"


def listed(result: RunResult, most: int) -> list[dict[str, str]]:
    """The first pages, then as many with failures, then the rows that were tried again."""
    failing = [page for page in result.batches[most:] if page.get("failed")]
    pages = [*result.batches[:most], *failing[:most]]
    return [*map(_row, pages), *_tried_again(result)]


def _row(page: Mapping[str, Any]) -> dict[str, str]:
    failed, set_aside = page.get("failed") or 0, page.get("set_aside") or 0
    records, judged = page.get("records"), page.get("stream") == RELATIONS.stream
    successful = records - failed - set_aside if isinstance(records, int) else None
    outcomes = (successful, failed, set_aside) if judged else (None, None, None)
    return {
        **{name: _text(page.get(name)) for name in ("stream", "batch", "records")},
        **dict(zip(("successful", "failed", "set_aside"), map(_text, outcomes), strict=True)),
        **{name: _text(page.get(name)) for name in ("first_id", "last_id", "attempts")},
        "duration": f"{page.get('duration_ms') or 0} ms",
        # of a window's last page; those before it were read, and more followed
        "outcome": _text(page.get("outcome") or "read"),
    }


def _tried_again(result: RunResult) -> list[dict[str, str]]:
    """Rows that no page of this run brought."""
    counts = result.counts
    if not counts.retried:
        return []
    again = _row(
        {
            "stream": RELATIONS.stream,
            "records": counts.retried,
            "failed": counts.failed_again,
            "set_aside": counts.set_aside_again,
        }
    )
    return [again | {"stream": TRIED_AGAIN, "duration": "", "outcome": ""}]


def _text(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)
