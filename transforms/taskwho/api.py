"""The Python API: a run, a promotion, a comparison, the history. The package `taskwho` exports it.

Every function reads its arguments, then the environment, and never a `.env`. It logs through
`logging.getLogger("taskwho")`, prints nothing, installs no signal handler, and works in any thread,
also side by side with others.
"""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskwho.model.errors import DatabaseUnavailable, TaskwhoError
from taskwho.model.errors.connection import NO_DATABASE_URL
from taskwho.model.errors.verify import VERIFY_STOPPED
from taskwho.model.given_settings import given_settings
from taskwho.model.salesforce_settings import salesforce_settings, window_settings
from taskwho.model.sync_request import ShardName, SyncRequest
from taskwho.pipeline.ending.checked import checked
from taskwho.pipeline.stop_switch import StopSwitch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from threading import Event

    from taskwho.model.progress import Progress
    from taskwho.model.results.estimate import Estimates
    from taskwho.model.results.result import RunResult
    from taskwho.model.results.shards import ShardPlan
    from taskwho.model.results.verification import Verification

logging.getLogger("taskwho").addHandler(logging.NullHandler())


def sync(  # noqa: PLR0913 - the settings of a run, by name
    *,
    database_url: str | None = None,
    salesforce: Mapping[str, Any] | None = None,
    mode: str | None = None,
    days: int | None = None,
    start_date: str | None = None,
    end_date: str | None = None,
    limit: int | None = None,
    parents: bool = False,
    streams: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    home: Path | str | None = None,
    shard: str | None = None,
    load_only: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    stop_at_once: Event | None = None,
) -> RunResult:
    """Read from Salesforce, load, promote and report.

    `database_url` is DATABASE_URL where it is None. `salesforce` are settings of the tap by name,
    over TAP_SALESFORCE_TASKWHO_<NAME>; `settings` are those of the promotion and the report, over
    TASKWHO_<NAME>. `days` imply the mode recent, a date implies custom. `streams` are read, those
    of the relations where there are none; with `parents` users, contacts and tasks come first.
    `home` (TASKWHO_HOME, ./.taskwho) holds logs and what a run needs while it lives.

    `shard`, such as "2/4", reads one range of Ids of the plan that `shards` has made, from where an
    earlier run of it ended. With `load_only` nothing is promoted: `post_load` does it later, for
    all workers, and the result's status is "loaded".

    With `stop` set the tap stops between two pages, with `stop_at_once` tap and loader end where
    they are; what landed is promoted and reported, and the result's status is "stopped". Low health
    raises nothing.

    Raises LoginFailed, DatabaseUnavailable and other Misconfigured (a person has to change
    something), QuotaReached, Busy (another run is at work) and RunFailed. Each has `.result` where
    there is one, with the report's path.
    """
    from taskwho.pipeline.plugins.processes import Children

    window = window_settings(mode, days, start_date, end_date, limit)
    request = _request(
        _url_or_report(database_url, settings),
        {**(salesforce or {}), **window},
        parents=parents,
        streams=streams,
        settings=settings,
        home=home,
    )
    if shard is not None or load_only:
        name = None if shard is None else ShardName.parse(shard)
        request = replace(request, shard=name, load_only=load_only)
    events = {"gently": stop, "at_once": stop_at_once}
    switch = StopSwitch(**{name: event for name, event in events.items() if event is not None})
    with Children(request.variables) as waiting:
        from taskwho.pipeline.sync import Run  # while they import what they need

        tell = on_progress or _quietly
        ended = Run(request=request, waiting=waiting, stop=switch, tell=tell).to_the_end()
    return checked(ended.result, ended.problem)


def dry_run(  # noqa: PLR0913 - as `sync`
    *,
    database_url: str | None = None,
    salesforce: Mapping[str, Any] | None = None,
    mode: str | None = None,
    days: int | None = None,
    start_date: str | None = None,
    end_date: str | None = None,
    limit: int | None = None,
    parents: bool = False,
    streams: Sequence[str] = (),
) -> Estimates:
    """What `sync` would read, by the bookmark and a count of the org's; nothing is written."""
    from taskwho.pipeline.dry_run import dry_run as look

    window = window_settings(mode, days, start_date, end_date, limit)
    given = {**(salesforce or {}), **window}
    return look(_request(database_url, given, parents=parents, streams=streams))


def post_load(
    *,
    database_url: str | None = None,
    salesforce: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> RunResult:
    """Promote what has landed, and report; arguments as in `sync`.

    Where there is a login, Salesforce is asked why parents are missing. Raises as `sync` does: so
    it does for a state from elsewhere, and for a parent's table that was emptied.
    """
    from taskwho.pipeline.promote_and_report import promote_and_report

    result = promote_and_report(
        _url_or_report(database_url, settings),
        given_settings(settings or {}, os.environ),
        salesforce=salesforce_settings(salesforce or {}, os.environ),
    )
    return checked(result)


def verify(  # noqa: PLR0913 - what is compared, and how, by name
    *,
    database_url: str | None = None,
    salesforce: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
    repair: bool = False,
    sample: float = 2.0,
    full: bool = False,
    home: Path | str | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> Verification:
    """Compare the relations that are kept here with the live ones of the org; arguments as `sync`.

    It promotes what has landed first. A table of at most 20 pages is read as a whole; a larger one
    is compared by counts, and `sample` percent of its pages are read. `full` reads everything. With
    `repair` the differences land and are promoted, and what the org does not show becomes
    `is_deleted`, at most `max_delete_percent` of the rows. Differences raise nothing: the result's
    `exit_code` is 4 then.

    Raises as `sync` does, and RunFailed where no run has read the relations to the end yet. With
    `stop` set it ends with a TaskwhoError of exit code 130.
    """
    from taskwho.pipeline.plugins.processes import check_installed

    check_installed()
    from taskwho.org.verify.how import How
    from taskwho.pipeline.verify import Verifying

    request = _request(
        database_url, salesforce or {}, parents=False, streams=(), settings=settings, home=home
    )
    how = How(full=full, sample=sample)

    def check() -> None:
        if stop is not None and stop.is_set():
            raise TaskwhoError(VERIFY_STOPPED)

    tell = on_progress or _quietly
    return Verifying(request=request, how=how, repair=repair, tell=tell, check=check).to_the_end()


def shards(
    count: int | None = None,
    *,
    database_url: str | None = None,
    salesforce: Mapping[str, Any] | None = None,
    replace: bool = False,
    done: bool = False,
) -> ShardPlan:
    """Plan a first load for so many workers; without a number, give the plan with its cursors.

    The org is asked for `count` ranges of Ids with as many relations each; arguments as in `sync`.
    Each worker reads one by `sync(shard="1/4", load_only=True)`, `post_load` promotes all of them,
    and `done` sets the bookmark, so that the next incremental run goes on from there. Asking again
    for as many shards gives the plan that is at work; after `done`, or with `replace`, a new one.

    Raises Misconfigured where there is no plan, or another one is at work, RunFailed with `done`
    where a shard has not landed to its end, Busy, and LoginFailed and its like as `sync` does.
    """
    from taskwho.pipeline.shards import plan

    if count is None:
        look = plan.finish if done else plan.show
        return look(_database_url(database_url), _environment())
    request = _request(database_url, salesforce or {}, parents=False, streams=())
    return plan.plan(request, count, replace=replace)


def runs(*, database_url: str | None = None, limit: int = 20) -> list[RunResult]:
    """The last runs of a database, the newest first; none where it has never been used."""
    from taskwho.pipeline.past_runs import last_runs

    return last_runs(_database_url(database_url), limit)


def _request(  # noqa: PLR0913 - what a run is asked to do
    database_url: str | None,
    salesforce: Mapping[str, Any],
    *,
    parents: bool,
    streams: Sequence[str],
    settings: Mapping[str, Any] | None = None,
    home: Path | str | None = None,
) -> SyncRequest:
    from taskwho.pipeline.plugins.processes import check_installed

    check_installed()
    return SyncRequest(
        database_url=_database_url(database_url),
        salesforce=salesforce_settings(salesforce, os.environ),
        streams=tuple(streams),
        parents=parents,
        environment=_environment(),
        home=_home(home),
        settings=given_settings(settings or {}, os.environ),
        variables=dict(os.environ),
    )


def _environment() -> str:
    return os.environ.get("MELTANO_ENVIRONMENT") or "dev"


def _database_url(given: str | None) -> str:
    url = (given or os.environ.get("DATABASE_URL") or "").strip()
    if not url:
        raise DatabaseUnavailable(NO_DATABASE_URL)
    return url


def _url_or_report(given: str | None, settings: Mapping[str, Any] | None) -> str:
    """The URL; a run that knows none leaves a report where runs have left theirs."""
    from taskwho.pipeline.starting.failed_start import failure_reported

    with failure_reported(given_settings(settings or {}, os.environ)):
        return _database_url(given)


def _home(given: Path | str | None) -> Path:
    return Path(given or os.environ.get("TASKWHO_HOME") or ".taskwho")


def _quietly(_: Progress) -> None:
    """Tell nobody."""
