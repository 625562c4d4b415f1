"""What doctor checks in Salesforce: login, access, quota, and its count of the relations."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from taskwho.commands.checks.finding import Finding
from taskwho.commands.sql_folder import SCRIPTS
from taskwho.database.connection import connect
from taskwho.model.entities import RELATIONS
from taskwho.model.errors import TaskwhoError, doctor
from taskwho.pipeline.plugins.try_tap import try_tap
from taskwho.report.number_formats import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taskwho.model.settings import PostLoadSettings
    from taskwho.model.sync_request import SyncRequest
    from taskwho.org.standing import Standing


def check_salesforce(request: SyncRequest) -> Iterator[Finding]:
    """The tap itself logs in and reads a record of each selected stream; then the org is asked."""
    try:
        refusal = try_tap(request)
    except TaskwhoError as error:
        yield Finding.of_error(error)
        return
    if refusal:
        yield Finding.of(doctor.SALESFORCE_UNREADABLE, error=refusal)
        return
    yield Finding("The tap can log in to Salesforce and read the selected streams.")
    from taskwho.org.standing import standing

    try:
        found = standing(request.salesforce)
    except TaskwhoError as error:
        yield Finding(f"Salesforce gives no count of the relations: {error.message}", warns=True)
        return
    yield from _said(found)
    with contextlib.suppress(TaskwhoError, psycopg.Error):  # told above
        yield from _compared(request.database_url, request.settings, found.relations)


def _said(found: Standing) -> Iterator[Finding]:
    yield Finding(f"The org is {found.org_id or 'unknown'}, the user {found.user or 'unknown'}.")
    if found.api_used is not None and found.api_max:
        share = 100 * found.api_used / found.api_max
        used, most = number(found.api_used), number(found.api_max)
        yield Finding(f"The org has used {used} of {most} API calls in 24 hours ({share:.1f}%).")


def _compared(url: str, settings: PostLoadSettings, relations: int) -> Iterator[Finding]:
    place = settings.table_of(RELATIONS)
    table = sql.Identifier(settings.schema, place.table)
    with connect(url) as conn:
        stream = sql.Literal(RELATIONS.stream)
        [row] = SCRIPTS.run(conn, "live_rows", table=table, stream=stream)
    stored, waiting, aside = map(number, row)
    values = {"relations": number(relations), "stored": stored, "waiting": waiting, "aside": aside}
    if relations == sum(row):
        text = "Salesforce counts {relations} live relations: {stored} in the table, {waiting} "
        yield Finding((text + "wait, {aside} are set aside.").format(**values))
    else:
        yield Finding.of(doctor.COUNTS_DIFFER, **values)
