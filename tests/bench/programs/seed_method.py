"""The seed's method: pages of 200, one upsert and one commit for each row, with foreign keys.

Run as `python -m tests.bench.programs.seed_method SETTINGS.json`. Like the seed, it reads
everything before it writes. It uses psycopg where the seed uses an ORM, which is slower.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import psycopg
import requests

from tests.support.seed_tables import create_relations

PAGE = 200
COLUMNS = {
    "salesforce_id": "Id",
    "is_deleted": "IsDeleted",
    "type": "Type",
    "relation_id": "RelationId",
    "task_id": "TaskId",
    "created_by_id": "CreatedById",
    "last_modified_by_id": "LastModifiedById",
    "sf_created_date": "CreatedDate",
    "sf_last_modified_date": "LastModifiedDate",
    "sf_system_modstamp": "SystemModstamp",
}
UPSERT = (
    f"insert into sf_taskwhorelations ({', '.join(COLUMNS)}, created_at, updated_at) "  # noqa: S608 - names
    f"values ({', '.join(f'%({field})s' for field in COLUMNS.values())}, now(), now()) "
    "on conflict (salesforce_id) do update set "
    + ", ".join(f"{name} = excluded.{name}" for name in (*COLUMNS, "updated_at"))
)


def relations(settings: dict[str, Any]) -> list[dict[str, Any]]:
    """Every relation that a plain query shows, by the cursor of Ids."""
    found: list[dict[str, Any]] = []
    after = "000000000000000AAA"
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {settings['access_token']}"
        while True:
            soql = (
                f"SELECT {','.join(COLUMNS.values())} FROM TaskWhoRelation "  # noqa: S608 - SOQL
                f"WHERE Id > '{after}' ORDER BY Id LIMIT {PAGE}"
            )
            answer = session.get(
                f"{settings['instance_url']}/services/data/v64.0/query", params={"q": soql}
            )
            answer.raise_for_status()
            page = answer.json()["records"]
            found += page
            if len(page) < PAGE:
                return found
            after = page[-1]["Id"]


def main() -> None:
    """Load one org into one database."""
    settings = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    with psycopg.connect(settings["url"]) as connection:
        create_relations(connection)
        connection.commit()
        for record in relations(settings):
            del record["attributes"]
            try:
                connection.execute(UPSERT.encode(), record)
                connection.commit()
            except psycopg.errors.ForeignKeyViolation:
                connection.rollback()


if __name__ == "__main__":
    main()
