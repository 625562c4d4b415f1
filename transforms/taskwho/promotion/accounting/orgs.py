"""Keeps the rows of another org out of a database that holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taskwho.database import bookmarks
from taskwho.database.scripts import Scripts
from taskwho.model.errors.state import ANOTHER_ORG
from taskwho.promotion.accounting.status import fail
from taskwho.promotion.intake.landed_rows import discard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import psycopg

    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings
    from taskwho.promotion.intake.journal import Entry

_SQL = Scripts(__package__)


def of_another(
    conn: psycopg.Connection[Any],
    settings: PostLoadSettings,
    entries: Sequence[Entry],
    run_id: int,
) -> dict[str, str]:
    """The streams that were read from another org than in earlier runs, each with its error.

    The tap refuses a state of another org, but not a run that has no state. Where no run has read a
    stream before, the org that landed first counts.
    """
    known = bookmarks.orgs(conn, before_run=run_id)
    found: dict[str, str] = {}
    for entry in entries:
        stream, org = entry["stream"], entry["org_id"]
        if org is None or stream not in settings.result_tables:
            continue
        own = known.setdefault(stream, org)
        if not bookmarks.same_org(own, org):
            values = {"stream": stream, "org": own, "other": org}
            table = ".".join(settings.result_tables[stream])
            found[stream] = ANOTHER_ORG.message(**values, table=table)
    return found


def leave_out(
    conn: psycopg.Connection[Any], landed: Iterable[str], entries: Sequence[Entry], run_id: int
) -> None:
    """Discard all rows that landed of some streams, since nothing tells those of two orgs apart.

    Their pages do not count as read, and the bookmarks of the orgs that were read go. So the next
    run of each of these orgs reads everything.
    """
    discard(conn, landed)
    _SQL.run(conn, "void_run", {"run_id": run_id})
    for stream, org in {(entry["stream"], entry["org_id"]) for entry in entries}:
        if stream and org:
            bookmarks.remove_of_org(conn, stream, org)


def check(result: RunResult, mixed: Mapping[str, str]) -> None:
    """Let the run fail where it read another org."""
    if mixed:
        fail(result, " ".join(mixed.values()), ANOTHER_ORG.exit_code)
