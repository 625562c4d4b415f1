"""Rows of every stream as they land, and what tests of the promotion look at afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql
from taskwho.database.connection import connect
from taskwho.database.migrate import migrate
from taskwho.pipeline import prepare
from taskwho.pipeline.post_load import post_load

from tests.sandbox.org import ids
from tests.support import seed
from tests.support.seed import STAMP, USER, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from taskwho.model.results.result import RunResult
    from taskwho.model.settings import PostLoadSettings

STAMPS: Row = {"CreatedDate": STAMP, "LastModifiedDate": STAMP, "SystemModstamp": STAMP}
EARLIER = "2024-05-01T07:59:59.000Z"
LATER = "2024-05-01T08:00:01.000Z"


def make_ready(url: str) -> list[str]:
    """Do what every run does first; the streams whose tables have lost their rows."""
    with connect(url) as connection:
        return prepare.make_ready(connection)


def user(number: int, **changes: object) -> Row:
    """A user as it lands."""
    row: Row = {
        "Id": ids.make("User", number),
        "Username": f"user{number}@example.com",
        "FirstName": None,
        "LastName": "Lee",
        "Name": "Ada Lee",
        "Email": f"user{number}@example.com",
        "IsProfilePhotoActive": "false",
    }
    return row | STAMPS | changes


def contact(number: int, **changes: object) -> Row:
    """A contact as it lands."""
    row: Row = {"Id": ids.make("Contact", number), "IsDeleted": "false", "LastName": "Moe"}
    others = dict.fromkeys(("FirstName", "Name", "Email", "Phone", "Title"))
    return row | others | STAMPS | changes


def task(number: int, **changes: object) -> Row:
    """A task as it lands."""
    flags = ("IsDeleted", "IsHighPriority", "IsClosed", "IsArchived")
    row: Row = {
        "Id": ids.make("Task", number),
        "Subject": "Call",
        "ActivityDate": "2024-05-02",
        "Status": "Open",
        "Priority": "Normal",
        "OwnerId": USER,
        "CreatedById": USER,
        "LastModifiedById": USER,
    }
    return row | dict.fromkeys(flags, "false") | STAMPS | changes


def page(batch: int, **changes: object) -> Row:
    """A page in the tap's journal."""
    row: Row = {
        "run_id": "run-1",
        "stream": "task_who_relations",
        "batch": str(batch),
        "mode": "full",
        "window_to": "2024-06-01T00:00:00Z",
        "endpoint": "queryAll",
        "resumed": "false",
        "records": "0",
        "attempts": "1",
        "fetched_at": "2024-06-01T00:01:00.000Z",
    }
    return row | changes


def land(url: str, stream: str, rows: Iterable[Row]) -> None:
    """Append rows to a stream's inbox."""
    with connect(url) as conn:
        migrate(conn)
        for row in rows:
            statement = sql.SQL("insert into {} ({}) values ({})").format(
                sql.Identifier("taskwho", stream),
                sql.SQL(", ").join(map(sql.Identifier, row)),
                sql.SQL(", ").join(sql.Placeholder() * len(row)),
            )
            conn.execute(statement, list(row.values()))


def land_parents(url: str, numbers: Iterable[int] = (1,)) -> None:
    """Users, contacts and tasks of these numbers."""
    listed = list(numbers)
    land(url, "users", map(user, listed))
    land(url, "contacts", map(contact, listed))
    land(url, "tasks", map(task, listed))


def reasons(url: str) -> dict[str, list[str]]:
    """Reason codes by relation that waits."""
    return {key: row["reasons"] for key, row in seed.quarantine(url).items()}


def statements_in(message: str) -> str:
    """What an error tells an administrator to run."""
    return "\n".join(line for line in message.splitlines() if line.startswith("    "))


def promote(url: str, settings: PostLoadSettings, *pages: Mapping[str, object]) -> RunResult:
    """Land pages in the tap's journal and promote what has landed."""
    land(url, "sync_batches", [page(number, **changes) for number, changes in enumerate(pages, 1)])
    return post_load(url, settings)
