"""Proves that the table equals the org, or says where it does not; repairs it where asked to."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from taskwho.database import bookmarks, catalog, landing, org_counts
from taskwho.database.connection import check_usable, connect, transaction
from taskwho.database.migrate import migrate
from taskwho.model.entities import RELATIONS
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.verify import COMPARISON_ENDED
from taskwho.model.outcome import RunOutcome
from taskwho.model.progress import Progress
from taskwho.model.results.result import ApiUsage
from taskwho.model.results.standing import OrgCount
from taskwho.org.verify.local_rows import Places
from taskwho.org.verify.repair import Repair
from taskwho.org.verify.verify import Verify
from taskwho.pipeline.pairs import pairs
from taskwho.pipeline.promote_and_report import promote_and_report
from taskwho.pipeline.sync_lock import alone
from taskwho.promotion import session
from taskwho.promotion.accounting.totals import count_anew
from taskwho.promotion.tables.shape import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from taskwho.model.results.counts import Totals
    from taskwho.model.results.verification import Verification
    from taskwho.model.settings import PostLoadSettings
    from taskwho.model.sync_request import SyncRequest
    from taskwho.org.verify.how import How

_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifying:
    """One comparison; `tell` is called with how far it is, `check` while it waits."""

    request: SyncRequest
    how: How
    repair: bool = False
    tell: Callable[[Progress], None] = lambda _: None
    check: Callable[[], None] = lambda: None

    def to_the_end(self) -> Verification:
        """Promote what has landed, compare, repair. Raises the TaskwhoError family."""
        began = time.monotonic()
        url, [pair] = self.request.database_url, pairs((), parents=False)
        name = pair.state_id(self.request.environment)
        self.tell(Progress("prepare"))
        with alone(url, [name]):
            if _has_landed(url):
                self.tell(Progress("promote"))
                promote_and_report(url, self.request.settings)
            try:
                found = self._compared(name)
            except psycopg.Error as error:
                said = error.diag.message_primary or "the connection was lost"
                state = f"SQLSTATE {error.sqlstate}" if error.sqlstate else "no SQLSTATE"
                raise TaskwhoError(COMPARISON_ENDED, said=said, sqlstate=state) from None
        return replace(found, seconds=round(time.monotonic() - began, 3))

    def _compared(self, name: str) -> Verification:
        request = self.request
        with connect(request.database_url, "taskwho verify") as conn, transaction(conn):
            state, places = _state(conn, name), _places(conn, request.settings)
            verify = Verify(
                conn, request.salesforce, request.settings, places, self.tell, self.check
            )
            with closing(verify):
                found = replace(verify.compare(state, self.how), totals=self._counted())
                is_repaired = self.repair and not found.is_equal
                _keep_count(request, found, is_repaired=is_repaired)
                if is_repaired:
                    found = self._repaired(conn, verify, found, places)
        return found

    def _counted(self) -> Totals:
        """The totals, counted anew and kept for the next promotion."""
        url, settings = self.request.database_url, self.request.settings
        with connect(url, "taskwho verify") as conn, transaction(conn):
            session.begin(conn, settings)
            return count_anew(conn, settings)

    def _repaired(
        self,
        conn: psycopg.Connection[Any],
        verify: Verify,
        found: Verification,
        places: Places,
    ) -> Verification:
        """Let the differences land, promote them, and see what is left of them."""
        url, settings = self.request.database_url, self.request.settings
        self.tell(Progress("repair"))
        refusal = _too_many_deletes(found, settings.max_delete_percent)
        with connect(url, "taskwho repair") as other:
            repair = Repair(conn, other, places, verify.fields)
            repair.land(now=verify.server_now(), with_gone=not refusal)
            api = ApiUsage(found.api_calls, found.api_used, found.api_max)
            outcome = RunOutcome(mode="verify --repair", api=api)
            result = promote_and_report(url, settings, outcome)
            repair.forget_applied()
        # the table may be new
        verify.forget_repaired(_places(conn, settings))
        return replace(
            found,
            standing=verify.standing(),
            repaired=True,
            totals=result.totals,
            notes=(*found.notes, *refusal),
            report_path=result.report_path,
        )


def _keep_count(request: SyncRequest, found: Verification, *, is_repaired: bool) -> None:
    """Keep the org's count for the reports; a repair's promotion finds out where the rows are."""
    if found.in_org is None:
        return
    counted = OrgCount(
        counted_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        counted_by="verify",
        in_org=found.in_org,
    )
    if not is_repaired:
        counted.in_table, counted.waiting = found.in_table, found.waiting
        counted.set_aside = found.set_aside
    with connect(request.database_url) as conn:
        org_counts.keep(conn, request.settings, counted)


def _too_many_deletes(found: Verification, most: float) -> tuple[str, ...]:
    """Why no row becomes deleted; nothing where that is allowed."""
    gone, here = found.differences.get("gone", 0), found.in_table + found.waiting + found.set_aside
    share = _PERCENT * gone / max(1, here)
    if share <= most:
        return ()
    refusal = (
        f"{gone:,} of {here:,} relations ({share:.2f}%) would be marked as deleted, more than "
        f"--max-delete-percent {most:g}: none was. Check what the integration user may see before "
        "you raise it."
    )
    return (refusal,)


def _has_landed(url: str) -> bool:
    """Whether anything waits in a landing table; the schema is migrated first."""
    with connect(url) as conn:
        check_usable(conn)
        migrate(conn)
        tables = [sql.Identifier(landing.SCHEMA, stream) for stream in landing.streams()]
        rows = [sql.SQL("exists (select from {})").format(table) for table in tables]
        query = sql.SQL("select {}").format(sql.SQL(" or ").join(rows))
        return bool(conn.execute(query).fetchall()[0][0])


def _places(conn: psycopg.Connection[Any], settings: PostLoadSettings) -> Places:
    """The user's table, as the promotion writes it; raises TaskwhoError where it cannot."""
    place = settings.table_of(RELATIONS)
    table = catalog.describe(conn, settings.schema, place.table)
    if table is None:
        return Places(None, place.key)
    fields, _ = fields_of(table, place.key, RELATIONS)
    return Places(table, place.key, fields)


def _state(conn: psycopg.Connection[Any], name: str) -> Mapping[str, Any]:
    """What the bookmark says of the relations."""
    state = bookmarks.starting_state(conn, name, [RELATIONS.stream])
    return (state.get("bookmarks") or {}).get(RELATIONS.stream) or {}
