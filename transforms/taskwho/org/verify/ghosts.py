"""Relations that both sides show alike, and that should not be there: left of people who changed.

A task has one lead or up to 50 contacts (object reference, TaskWhoRelation). Whether a conversion
or a merge changes every relation of the person is not documented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql
from tap_salesforce_taskwho.errors import UserError
from tap_salesforce_taskwho.salesforce import soql

from taskwho.database import catalog
from taskwho.database.scripts import Scripts
from taskwho.model.entities import CONTACTS, RELATIONS
from taskwho.model.results.verification import Ghost
from taskwho.org.verify.asking import is_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg
    from tap_salesforce_taskwho.salesforce.client import Endpoint, SalesforceClient

    from taskwho.model.settings import PostLoadSettings
    from taskwho.org.verify.local_rows import Places

_SQL = Scripts(__package__)
_EXAMPLES = 20
_MIXED = "Relations to leads whose task has another person too"
_CONVERTED = "Relations to leads that were converted"
_MERGED = "Relations to contacts that were merged into another one"
# relation and person
Pairs = list[tuple[str, str]]


class Ghosts:
    """Looks for them: in the database, then by asking for people who may have changed."""

    def __init__(
        self,
        conn: psycopg.Connection[Any],
        client: SalesforceClient,
        places: Places,
        settings: PostLoadSettings,
        salt: str,
    ) -> None:
        self._conn, self._client, self._places = conn, client, places
        self._settings, self._salt = settings, sql.Literal(salt)

    def find(self, most: int | None, endpoint: Endpoint) -> tuple[Ghost, ...]:
        """Ask about at most so many people of each kind; about all of them where it is None."""
        return tuple(self._find(most, endpoint))

    def _find(self, most: int | None, endpoint: Endpoint) -> Iterator[Ghost]:
        leads = self._leads()
        yield from _ghost(_MIXED, [found for found, _, has_others in leads if has_others])
        pairs = [(found, person) for found, person, _ in leads]
        converted = self._people("Lead", "IsConverted", pairs[:most], endpoint)
        yield from _ghost(_CONVERTED, converted)
        merged = self._people("Contact", "MasterRecordId", self._contacts()[:most], endpoint)
        yield from _ghost(_MERGED, merged)

    def _leads(self) -> list[tuple[str, str, bool]]:
        names = self._places.names()
        if not self._places.holds("task_id"):
            return []
        stream = sql.Literal(RELATIONS.stream)
        return _SQL.run(
            self._conn,
            "lead_relations",
            stream=stream,
            salt=self._salt,
            target=names["target"],
            is_live=names["is_live"],
        ).fetchall()

    def _contacts(self) -> Pairs:
        place = self._settings.table_of(CONTACTS)
        table = catalog.describe(self._conn, self._settings.schema, place.table)
        if table is None or not self._places.holds("relation_id"):
            return []
        marked = table.columns.get("is_deleted")
        if marked is None or marked.category != "B":
            return []
        names = self._places.names()
        return _SQL.run(
            self._conn,
            "deleted_people",
            contacts=table.identifier,
            contact_key=sql.Identifier(place.key),
            salt=self._salt,
            **{name: names[name] for name in ("key", "target", "is_live")},
        ).fetchall()

    def _people(self, sobject: str, field: str, pairs: Pairs, endpoint: Endpoint) -> list[str]:
        """The relations to people whose field is filled; none where they may not be read."""
        people = sorted({person for _, person in pairs if person and is_id(person)})
        found: set[str] = set()
        for start in range(0, len(people), soql.MOST_IDS):
            self._client.check_quota()
            query = soql.ids_in(sobject, ["Id", field], people[start : start + soql.MOST_IDS])
            try:
                reply = self._client.query(query, endpoint=endpoint, page_size=soql.LARGEST_LIMIT)
            except UserError:
                return []
            found |= {record["Id"] for record in reply.body.records if record[field]}
        return [relation for relation, person in pairs if person in found]


def _ghost(what: str, ids: list[str]) -> Iterator[Ghost]:
    if ids:
        yield Ghost(what, len(ids), tuple(sorted(ids)[:_EXAMPLES]))
