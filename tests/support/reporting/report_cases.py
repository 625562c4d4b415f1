"""Results of nine kinds of runs, as the report has to explain them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from taskwho.model.results.counts import Counts, Totals
from taskwho.model.results.missing import CAUSES, Explanation, MissingGroup, MissingId
from taskwho.model.results.result import (
    ApiUsage,
    Missing,
    Record,
    RecordFiles,
    RunResult,
    Status,
    Window,
)

AT = datetime(2025, 7, 6, 18, 22, 14, tzinfo=UTC)
NAME = "taskwhorelation_sync_results_20250706_182214"
_PREFIXES = {"tasks": "00T", "contacts": "003", "users": "005"}


def _healthy() -> RunResult:
    return RunResult(
        run_id=12,
        started_at=AT - timedelta(seconds=4.5),
        finished_at=AT,
        mode="incremental",
        report_name=NAME,
        run_ids=["b1946ac9"],
        windows=[
            Window(
                run_id="b1946ac9",
                stream="task_who_relations",
                mode="incremental",
                from_="2025-07-06T17:07:14Z",
                to="2025-07-06T18:21:10Z",
                complete=True,
                outcome="complete",
                records=5000,
                counted=5000,
            )
        ],
        counts=Counts(retrieved=5000, successful=5000, inserted=4800, updated=150, unchanged=50),
        totals=Totals(
            in_table=120_000,
            waiting=0,
            counted_at="2025-07-01T00:00:00Z",
            fresh_until="2025-07-06T18:21:10Z",
            fresh_until_here="2025-07-06T18:21:10Z",
        ),
        batches=[_batch(number) for number in range(1, 4)],
        api=ApiUsage(calls=6, used=12_000, max=100_000),
        successful_records=[_record(number, None) for number in range(5)],
    )


def _batch(number: int) -> dict[str, object]:
    return {
        "run_id": "b1946ac9",
        "stream": "task_who_relations",
        "batch": number,
        "records": 2000,
        "first_id": _id("0RT", number * 2000),
        "last_id": _id("0RT", number * 2000 + 1999),
        "attempts": 1,
        "duration_ms": 310,
        "outcome": None,
    }


def _record(number: int, error: str | None) -> Record:
    return Record(
        success=error is None,
        salesforce_id=_id("0RT", number),
        task_id=_id("00T", number),
        relation_id=_id("003", number),
        error=error,
        action="inserted" if error is None else "quarantined",
    )


def _id(prefix: str, number: int) -> str:
    return f"{prefix}5f{number:010d}AAA"


def _failing(failed: int, **waiting: int) -> RunResult:
    """A run of 5,000 relations or of twice the failed ones; `waiting` are parents and relations."""
    healthy = _healthy()
    retrieved = max(5000, 2 * failed)
    lists = [_record(n, f"missing_user: {_id('005', 1)} is not in sf_users") for n in range(5)]
    standing = {f"missing_{stream.removesuffix('s')}": rows for stream, rows in waiting.items()}
    return replace(
        healthy,
        counts=Counts(
            retrieved=retrieved,
            successful=retrieved - failed,
            inserted=retrieved - failed,
            failed=failed,
            quarantined_now=failed,
        ),
        totals=replace(healthy.totals, in_table=retrieved - failed, waiting=failed),
        errors={"foreign_key": failed, **standing},
        standing_errors=standing,
        missing={
            stream: Missing(ids=[_id(_PREFIXES[stream], n) for n in range(5)], total=rows)
            for stream, rows in waiting.items()
        },
        explanation=_explanation(waiting),
        failed_records=lists,
        record_files=RecordFiles(failed=f"{NAME}_failed.jsonl.gz"),
    )


def _explanation(waiting: dict[str, int]) -> Explanation:
    newer = CAUSES["newer"]
    tables = {"users": "sf_users", "contacts": "sf_contacts", "tasks": "sf_activities"}
    return Explanation(
        asked="Salesforce was asked about 100 Ids, in 1 API call.",
        calls=1,
        explained_at="2025-07-06T18:22:14Z",
        tables=tables,
        table_ends=dict.fromkeys(waiting, "2025-07-05T02:10:00Z"),
        groups=[
            MissingGroup(
                parent=stream,
                cause=newer.code,
                label=newer.label,
                do=newer.do.format(table=tables[stream], stream=stream),
                ids=rows,
                relations=rows,
                brings_in=rows,
            )
            for stream, rows in waiting.items()
        ],
        worst=[
            MissingId(parent=stream, id=_id(_PREFIXES[stream], 0), relations=rows, cause="newer")
            for stream, rows in waiting.items()
        ],
    )


def _ended(status: Status, error: str, exit_code: int) -> RunResult:
    unread = replace(_healthy(), counts=Counts(), windows=[], batches=[], successful_records=[])
    return replace(unread, status=status, error=error, exit_code=exit_code)


CASES = {
    "healthy": _healthy(),
    "mixed": _failing(500, users=250, contacts=150, tasks=100),
    "stale": _failing(3000, contacts=3000),
    "zero": replace(_healthy(), status="nothing", counts=Counts(), batches=[]),
    "crash": _ended("failed", "The loader ended with 137: something killed it.", 1),
    "login": _ended(
        "failed",
        "Salesforce refused the login (invalid_grant: authentication failure). Check `username` "
        "and `password`, then run again. Nothing was read, and the bookmark is as it was.",
        2,
    ),
    "quota": _ended("quota", "The run has used its 25 percent of the org's daily calls.", 3),
    "many": _failing(50_000, users=20_000, contacts=20_000, tasks=10_000),
    "repair": replace(_healthy(), counts=Counts(healed=450, retried=450, inserted=450)),
}
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> ![i](http://example.org/i.png) "
    "[l](javascript:alert(1)) `code` ```mermaid\ngraph``` =1+1 \u202egnp.exe\x1b[31m\x00 {{ 7*7 }}"
)


def hostile() -> RunResult:
    """A run in which all text from elsewhere tries to be markup."""
    record = Record(
        success=False,
        salesforce_id=HOSTILE,
        task_id=HOSTILE,
        relation_id=HOSTILE,
        error=HOSTILE,
        action="quarantined",
    )
    return replace(
        CASES["mixed"],
        status="failed",
        error=HOSTILE,
        mode=HOSTILE,
        failed_records=[record],
        standing_records=[record],
        warnings=[HOSTILE],
        errors={HOSTILE: 1},
        missing={"users": Missing(ids=[HOSTILE], total=1)},
        explanation=Explanation(
            asked=HOSTILE,
            tables={"users": HOSTILE},
            table_ends={"users": HOSTILE},
            groups=[MissingGroup("users", "newer", HOSTILE, HOSTILE, 1, 1, 1)],
            worst=[MissingId("users", HOSTILE, 1, "newer")],
        ),
        batches=[{**_batch(1), "stream": HOSTILE, "first_id": HOSTILE, "outcome": HOSTILE}],
    )
