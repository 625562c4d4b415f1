"""Promotes relations whose parents are missing, with an org that tells why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.postgresql import query

if TYPE_CHECKING:
    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

    from tests.sandbox import Sandbox

GONE, GONE_TOO = ids.make("Task", 8_000), ids.make("Task", 8_001)


def set_ends(url: str) -> None:
    """Contacts end before the records of any org, users and tasks after them."""
    query(url, "update sf_users set sf_created_date = '2100-01-01'")
    query(url, "update sf_contacts set sf_system_modstamp = '2001-01-01'")
    query(url, "update sf_activities set sf_created_date = '2100-01-01'")


def promote(
    url: str, settings: PostLoadSettings, org: Sandbox | None, *rows: seed.Row
) -> RunResult:
    """Land relations and promote them; an org is asked where there is one."""
    seed.land(url, rows)
    return post_load(url, settings, salesforce=org.settings() if org else {})


def groups(result: RunResult) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Ids, relations, and relations to bring in, by parent and cause."""
    return {
        (one.parent, one.cause): (one.ids, one.relations, one.brings_in)
        for one in result.explanation.groups
    }


def soql(org: Sandbox) -> list[str]:
    """The queries that the org has received."""
    return [str(request.soql) for request in org.queries()]
