"""The comparison of the table with the org, from the first question to the differences."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import TapError
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.client import SalesforceClient
from tap_salesforce_taskwho.streams.objects import TASK_WHO_RELATION

from taskwho.database.connection import lift_time_outs
from taskwho.database.scripts import Scripts
from taskwho.model.progress import Progress
from taskwho.model.results.verification import KINDS, Verification
from taskwho.org.errors import of_tap
from taskwho.org.verify import notes
from taskwho.org.verify.asking import Asking
from taskwho.org.verify.by_counts import ByCounts
from taskwho.org.verify.comparison import Comparison
from taskwho.org.verify.ghosts import Ghosts
from taskwho.org.verify.local_rows import LocalCopy
from taskwho.org.verify.parallel import InParallel
from taskwho.org.verify.scope import scope_of
from taskwho.org.verify.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    import psycopg

    from taskwho.model.results.verification import Ghost
    from taskwho.model.settings import PostLoadSettings
    from taskwho.org.verify.asking import Scope
    from taskwho.org.verify.how import How
    from taskwho.org.verify.local_rows import Places

logger = logging.getLogger("taskwho")
_SQL = Scripts(__package__)
# a table of so many pages is read as a whole: its counts would cost as much
SMALL_PAGES = 20
_EXAMPLES = 20


class Verify:
    """One comparison, a context manager around the client; `conn` is in a transaction.

    Its methods raise the TaskwhoError family. `check` is called while it waits for the org.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it compares, and whom it tells
        self,
        conn: psycopg.Connection[Any],
        salesforce: Mapping[str, Any],
        settings: PostLoadSettings,
        places: Places,
        tell: Callable[[Progress], None],
        check: Callable[[], None],
    ) -> None:
        self._conn, self._tell, self._began = conn, tell, time.monotonic()
        try:
            self._settings = read_settings(dict(salesforce))
        except TapError as error:
            raise of_tap(error) from None
        self._client = SalesforceClient(self._settings, logger=logger)
        self._promoted, self._places = settings, places
        self._parallel = InParallel(self._settings.concurrency, check)
        _SQL.run(conn, "session")
        lift_time_outs(conn)
        lock_timeout = f"{settings.lock_timeout_seconds}s"
        conn.execute("select set_config('lock_timeout', %s, true)", [lock_timeout])

    def close(self) -> None:
        """Close the connections to the org."""
        self._parallel.close()
        self._client.close()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that were read."""
        return self._asking.fields

    def server_now(self) -> datetime:
        """The org's clock."""
        return self._client.server_now()

    def compare(self, state: Mapping[str, Any], how: How) -> Verification:
        """Compare, and keep the differences in the transaction. `state` is the bookmark's."""
        try:
            return self._compare(state, how)
        except TapError as error:
            raise of_tap(error) from None

    def forget_repaired(self, places: Places) -> None:
        """Forget the differences that are none any more, by what is in the places now."""
        self._comparison.forget_repaired(Versions(self._conn, places))

    def standing(self) -> dict[Any, int]:
        """The differences that are still there, by kind."""
        return self._comparison.counts()

    def _compare(self, state: Mapping[str, Any], how: How) -> Verification:
        scope = scope_of(self._conn, state, self._client.org_id)
        local = LocalCopy(self._conn, self._places, scope.floor)
        totals = local.totals()
        rows = sum(totals.values())
        self._asking = asking = Asking(
            self._client, self._settings, TASK_WHO_RELATION, scope, self._parallel
        )
        self._comparison = comparison = Comparison(asking, local, lambda: self._say(rows))
        comparison.leave_out_later()
        comparison.keep_not_ids()
        by_counts = ByCounts(
            comparison, local, page_size=self._settings.page_size, chance=how.chance
        )
        if how.full or rows <= SMALL_PAGES * self._settings.page_size:
            by_counts.read_everything()
        else:
            by_counts.count_everything()
            by_counts.find()
            by_counts.sample(how.sample)
            by_counts.find()
        comparison.look_up_alone()
        in_org = comparison.rows_read if by_counts.is_complete else by_counts.rows
        found = self._result(scope, totals, in_org, is_complete=by_counts.is_complete)
        ghosts = self._ghosts(how, asking)
        said = notes.of(found, asking, ghosts)
        return self._with_cost(replace(found, ghosts=ghosts, notes=said), asking)

    def _ghosts(self, how: How, asking: Asking) -> tuple[Ghost, ...]:
        """A call for each kind of people beside the sample; all of them where all is read."""
        salt = str(how.chance.random())
        ghosts = Ghosts(self._conn, self._client, self._places, self._promoted, salt)
        most = None if how.full else soql.MOST_IDS if how.sample else 0
        return ghosts.find(most, asking.endpoint)

    def _say(self, rows: int) -> None:
        calls = self._client.usage.run_calls
        self._tell(Progress("verify", self._comparison.rows_read, rows, calls))

    def _result(
        self,
        scope: Scope,
        totals: dict[str, int],
        in_org: int | None,
        *,
        is_complete: bool,
    ) -> Verification:
        found = self._comparison.counts()
        return Verification(
            by="Ids" if is_complete else "counts",
            floor=_written(scope.floor),
            until=_written(scope.until) or "",
            in_org=in_org,
            in_table=totals.get("table", 0),
            waiting=totals.get("quarantine", 0),
            set_aside=totals.get("set_aside", 0),
            not_read_yet=self._comparison.not_read_yet,
            differences={kind: found[kind] for kind in KINDS if kind in found},
            standing=found,
            examples={kind: self._comparison.examples(kind, _EXAMPLES) for kind in found},
        )

    def _with_cost(self, found: Verification, asking: Asking) -> Verification:
        usage = self._client.usage
        return replace(
            found,
            pages=asking.pages,
            api_calls=usage.run_calls,
            api_used=usage.used,
            api_max=usage.maximum,
            seconds=round(time.monotonic() - self._began, 3),
        )


def _written(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
