"""What a run would read: the state is looked up, the org is asked, nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.org.estimates import estimate
from taskwho.pipeline.pairs import pairs
from taskwho.pipeline.starting.bookmarks import starting_bookmarks

if TYPE_CHECKING:
    from taskwho.model.results.estimate import Estimates
    from taskwho.model.sync_request import SyncRequest


def dry_run(request: SyncRequest) -> Estimates:
    """The windows of a run like this, with their counts; raises the TaskwhoError family."""
    found = pairs(request.streams, parents=request.parents)
    streams = [stream for pair in found for stream in pair.streams]
    return estimate(request.salesforce, streams, starting_bookmarks(request))
