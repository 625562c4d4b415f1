"""The sources of the dbt package: the public tables, from the comments and the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import yaml
from taskwho.database import landing
from taskwho.model.entities import KEY, RELATIONS
from taskwho.model.results.result import Status

from tests.docs import tables
from tests.support.checkout import ROOT

if TYPE_CHECKING:
    from taskwho.model.entities import Entity

PAGE = ROOT / "transforms" / "dbt" / "models" / "sources.yml"
HEAD = "# Written by `make docs` from the comments of the migrations. Do not edit it.\n"
OWN, RESULTS = "taskwho", "taskwho_results"
# All that Salesforce changed before this time, by its own clock, has been read.
FRESH_UNTIL = (
    "select max((report #>> '{totals,fresh_until}')::timestamptz) from taskwho.runs "
    "where finished_at is not null"
)
FRESHNESS: dict[str, Any] = {
    "freshness": {
        "warn_after": {"count": 1, "period": "day"},
        "error_after": {"count": 2, "period": "day"},
    },
    "loaded_at_query": FRESH_UNTIL,
}
# in SQL, taskwho.runs.status is running until the run ends
STATUSES = ["running", *get_args(Status)]


def write(url: str) -> str:
    """The file, from an empty database: it gets the schema and every table of a first run."""
    tables.make_all(url)
    own = tables.columns(url, "taskwho")
    public = {name: rows for name, rows in own.items() if _is_public(name, rows)}
    results = tables.columns(url, "public")
    sources = [
        {
            "name": OWN,
            "description": "What taskwho keeps beside the result. Read it; only taskwho writes it.",
            "schema": "taskwho",
            "tables": [_own_table(name, rows) for name, rows in public.items()],
        },
        {
            "name": RESULTS,
            "description": "The records of Salesforce, as the last promotion left them.",
            "schema": "{{ var('taskwho_results_schema', 'public') }}",
            "tables": [
                _result_table(name, entity, results[name])
                for name, entity in tables.RESULT_TABLES.items()
            ],
        },
    ]
    document = {"version": 2, "sources": sources}
    return HEAD + yaml.safe_dump(document, sort_keys=False, width=100, allow_unicode=True)


def _is_public(name: str, rows: list[tuple[Any, ...]]) -> bool:
    comment = rows[0][1] or ""
    return name not in landing.streams() and comment.endswith("Public.")


def _own_table(name: str, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    columns = [
        {"name": column, "description": comment, **_tests(["not_null"] * ("not null" in kind))}
        for *_, column, kind, comment in rows
    ]
    for column in columns:
        if (name, column["name"]) == ("runs", "status"):
            allowed = {"accepted_values": {"arguments": {"values": STATUSES}}}
            column["data_tests"] = [*column["data_tests"], allowed]
    fresh = {"config": FRESHNESS} if name == "runs" else {}
    return {"name": name, "description": rows[0][1], **fresh, "columns": columns}


def _result_table(name: str, entity: Entity, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    parents = {entity.field(found.field).target: found.parent for found in entity.references}
    columns = []
    for *_, column, _kind, _comment in rows:
        tests: list[Any] = ["not_null", "unique"] if column == KEY else []
        if column in parents:
            to = f"source('{RESULTS}', 'sf_{parents[column].name}')"
            tests.append({"relationships": {"arguments": {"to": to, "field": KEY}}})
        described = {"name": column, "description": tables.fills(entity, column)}
        columns.append({**described, **_tests(tests)})
    fresh = {"config": FRESHNESS} if entity is RELATIONS else {}
    comment = f"Filled from the stream `{entity.stream}`."
    return {"name": name, "description": comment, **fresh, "columns": columns}


def _tests(found: list[Any]) -> dict[str, Any]:
    return {"data_tests": found} if found else {}
