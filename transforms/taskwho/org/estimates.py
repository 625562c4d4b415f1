"""What a run would read: its windows, how many rows they hold, what that costs."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tap_salesforce_taskwho.config.reading import read_settings
from tap_salesforce_taskwho.errors import QueryAllRefused, QueryTimeout, TapError
from tap_salesforce_taskwho.pagination.window import fresh_window, keeps_state
from tap_salesforce_taskwho.salesforce import soql
from tap_salesforce_taskwho.salesforce.client import SalesforceClient
from tap_salesforce_taskwho.streams.bookmark import Bookmark, written
from tap_salesforce_taskwho.streams.objects import OBJECTS

from taskwho.model.results.estimate import Estimate, Estimates
from taskwho.org.errors import of_tap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tap_salesforce_taskwho.config.settings import Settings
    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.salesforce.client import Endpoint
    from tap_salesforce_taskwho.streams.objects import SalesforceObject

logger = logging.getLogger("taskwho")
# of a window: the count, and a page that is empty or the last one
_LEAST_CALLS = 2


def estimate(
    salesforce: Mapping[str, Any], streams: Sequence[str], states: Mapping[str, Mapping[str, Any]]
) -> Estimates:
    """Ask the org for its clock and for a count of each window, and for nothing else.

    `states` are the bookmarks by stream. Raises the TaskwhoError family.
    """
    try:
        settings = read_settings(dict(salesforce))
        client = SalesforceClient(settings, logger=logger)
        asking = _Asking(settings, client)
        try:
            declared = {found.stream: found for found in OBJECTS}
            windows = [
                window
                for stream in streams
                if stream in declared  # the list of deletes has no count
                for window in asking.windows(declared[stream], states.get(stream, {}))
            ]
        finally:
            client.close()
    except TapError as error:
        raise of_tap(error) from None
    usage = client.usage
    return Estimates(windows=tuple(windows), api_used=usage.used, api_max=usage.maximum)


@dataclass(frozen=True, slots=True)
class _Asking:
    settings: Settings
    client: SalesforceClient

    def windows(self, declared: SalesforceObject, state: Mapping[str, Any]) -> Iterator[Estimate]:
        """The window that an earlier run left open, then a fresh one."""
        settings, now = self.settings, self.client.server_now()
        is_cut = declared.may_be_cut and settings.is_cut
        bookmark = Bookmark.from_state(declared.stream, state)
        bookmark.check_org(declared.stream, self.client.org_id)
        value = bookmark.value
        if settings.mode == "incremental" and not keeps_state(settings.mode, is_cut=is_cut):
            bookmark.check_clock(declared.stream, now)
            if bookmark.window is not None:
                yield self._of(declared, bookmark.window, None)
                value = bookmark.window.end
        window = fresh_window(settings, settings.mode, bookmark=value, server_now=now)
        if window is not None and is_cut:
            window = window.of_ids(settings.id_from, settings.id_to)
        if window is not None:
            yield self._of(declared, window, settings.limit if is_cut else None)

    def _of(self, declared: SalesforceObject, window: Window, limit: int | None) -> Estimate:
        began = time.monotonic()
        rows = self._count(declared, window)
        trip = time.monotonic() - began
        if rows is not None and limit is not None:
            rows = min(rows, limit)
        pages = None if rows is None else math.ceil((rows + 1) / self.settings.page_size)
        return Estimate(
            stream=declared.stream,
            window_from=written(window.start),
            window_to=written(window.end),
            after_id=window.after_id,
            rows=rows,
            calls=None if pages is None else max(pages + 1, _LEAST_CALLS),
            # a page takes the org at least as long as a count
            seconds=None
            if pages is None
            else trip * (1 + math.ceil(pages / self.settings.concurrency)),
        )

    def _count(self, declared: SalesforceObject, window: Window) -> int | None:
        query = soql.count(declared.sobject, window.bounds(window.after_id))
        with_deleted = declared.always_query_all or self.settings.include_deleted
        endpoint: Endpoint = "queryAll" if with_deleted else "query"
        try:
            try:
                return self.client.count(query, endpoint=endpoint)
            except QueryAllRefused:
                return self.client.count(query, endpoint="query")
        except QueryTimeout:
            return None
