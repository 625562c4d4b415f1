"""Compares what the org shows with what is kept here, and keeps the differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb

from taskwho.org.verify.versions import Versions, comparable, time_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from taskwho.model.results.verification import Kind
    from taskwho.org.verify.asking import Asking, Record
    from taskwho.org.verify.local_rows import LocalCopy
    from taskwho.org.verify.regions import Region
    from taskwho.org.verify.versions import Version

    # Id, kind, the org's record, the stamp in the user's table
    Found = tuple[str, Kind, Record | None, str | None]

_KEEP = """
    insert into differences values (%s, %s, %s, %s)
    on conflict (id) do update set kind = excluded.kind, record = excluded.record
"""
_BATCH = 2_000


class Comparison:
    """Implements the org's side of `ByCounts`; `tell` is called after each page."""

    def __init__(self, asking: Asking, local: LocalCopy, tell: Callable[[], None]) -> None:
        self._conn, self._asking, self._local = local.conn, asking, local
        self._versions, self._tell = Versions(local.conn, local.places), tell
        # kept here, and not among what the org has shown of their region
        self._alone: set[str] = set()
        self.rows_read = self.not_read_yet = 0

    def count(self, regions: Sequence[Region]) -> list[int | None]:
        """Ask the org."""
        counts = self._asking.count(regions)
        self._tell()
        return counts

    def compare(self, regions: Iterable[Region]) -> None:
        """Read regions, and keep what differs in them."""
        for region, records in self._asking.read(regions):
            self.rows_read += len(records)
            self._compare(region, records)
            self._tell()

    def look_up_alone(self) -> None:
        """Ask for the Ids that are here alone: deleted, changed since, of another time, or gone."""
        alone = sorted(self._alone)
        shown = self._asking.look_up(alone)
        gone = [record_id for record_id in alone if record_id not in shown]
        stored = self._versions.of(gone)
        self._keep((found, "gone", None, _stored_stamp(stored[found])) for found in gone)
        self._take_shown(list(shown.values()))
        self._tell()

    def leave_out_later(self) -> None:
        """Leave out what changed after the last run: it was not read yet."""
        for records in self._asking.changed_later():
            for record, versions in self._beside(records):
                if record["IsDeleted"]:
                    self.not_read_yet += any(version.is_live for version in versions)
                else:
                    self.not_read_yet += not _is_here(record, versions)
            self._local.drop([record["Id"] for record in records])
            self._tell()

    def keep_not_ids(self) -> None:
        """Keep the rows whose key is no Id of Salesforce: the org has none of them."""
        self._keep((key, "gone", None, None) for key in self._local.not_ids())

    def counts(self) -> dict[Kind, int]:
        """How many differences of each kind there are."""
        query = "select kind, count(*) from differences group by kind"
        return dict(self._conn.execute(query).fetchall())

    def examples(self, kind: Kind, most: int) -> list[str]:
        """The first Ids of a kind."""
        query = "select id from differences where kind = %s order by id limit %s"
        return [found for (found,) in self._conn.execute(query, [kind, most])]

    def forget_repaired(self, now: Versions) -> None:
        """Forget the differences that are none any more."""
        last = ""
        while rows := self._conn.execute(
            "select id, kind, record from differences where id > %s order by id limit %s",
            [last, _BATCH],
        ).fetchall():
            last = rows[-1][0]
            versions = now.of([row[0] for row in rows])
            repaired = [
                record_id
                for record_id, kind, record in rows
                if _is_repaired(kind, record, versions[record_id])
            ]
            self._conn.execute("delete from differences where id = any(%s)", [repaired])

    def _compare(self, region: Region, records: list[Record]) -> None:
        found: list[Found] = []
        for record, versions in self._beside(records):
            if not _is_here(record, versions):
                is_live = any(version.is_live for version in versions)
                found.append(_difference("changed" if is_live else "missing", record, versions))
        self._keep(found)
        self._correct([record for _, _, record, _ in found if record])
        alone = self._local.ids(region) - {record["Id"] for record in records}
        self._alone |= alone
        self._local.drop(list(alone))

    def _take_shown(self, records: list[Record]) -> None:
        found: list[Found] = []
        for record, versions in self._beside(records):
            stamp = time_of(record)
            if stamp is not None and stamp >= self._asking.scope.until:
                self.not_read_yet += 1
            elif record["IsDeleted"]:
                found.append(_difference("deleted", record, versions))
            elif not _is_here(record, versions):
                found.append(_difference("changed", record, versions))
        self._keep(found)

    def _beside(self, records: list[Record]) -> Iterator[tuple[Record, list[Version]]]:
        """The records with what is kept here of them."""
        versions = self._versions.of([record["Id"] for record in records])
        return ((record, versions[record["Id"]]) for record in records)

    def _correct(self, records: Iterable[Record]) -> None:
        """Let the local copy hold what the org shows, so that counts tell of other rows alone."""
        floor = self._asking.scope.floor
        rows = [(record["Id"], time_of(record)) for record in records]
        inside = [(i, at) for i, at in rows if at is not None and (floor is None or at >= floor)]
        self._local.put(inside)
        self._local.drop([i for i, at in rows if at is None or (floor is not None and at < floor)])

    def _keep(self, found: Iterable[Found]) -> None:
        rows = [(i, kind, None if r is None else Jsonb(r), stamp) for i, kind, r, stamp in found]
        if rows:
            with self._conn.cursor() as cursor:
                cursor.executemany(_KEEP, rows)


def _difference(kind: Kind, record: Record, versions: list[Version]) -> Found:
    return record["Id"], kind, record, _stored_stamp(versions)


def _stored_stamp(versions: Iterable[Version]) -> str | None:
    """The stamp in the user's table, as it was compared."""
    stamps = (version.values.get("SystemModstamp") for version in versions if version.is_stored)
    found = next(stamps, None)
    return None if found is None else str(found)


def _is_here(record: Mapping[str, Any], versions: Iterable[Version]) -> bool:
    """Whether a live version of this content is kept here."""
    wanted = comparable(record)
    return any(version.is_live and version.holds(wanted) for version in versions)


def _is_repaired(kind: Kind, record: Record | None, versions: list[Version]) -> bool:
    if record is None or kind in {"deleted", "gone"}:
        return not any(version.is_live for version in versions)
    return _is_here(record, versions)
