"""The options that several commands share; each is a TASKWHO_* variable too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taskwho.model.settings import ParentTable, PostLoadSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., Any]

_DEFAULT = PostLoadSettings()
_PERCENT = click.FloatRange(0, 100)
_SECONDS = click.IntRange(min=1)


def _option(name: str, help_: str, *, envvar: list[str] | None = None, **rest: Any) -> Any:  # noqa: ANN401 - click
    own = "TASKWHO_" + name.strip("-").split("/")[0].upper().replace("-", "_")
    return click.option(
        name, envvar=[own, *(envvar or [])], help=help_, show_envvar=True, show_default=True, **rest
    )


_PARENTS = {
    "users": (_DEFAULT.users, "CreatedById and LastModifiedById"),
    "contacts": (_DEFAULT.contacts, "RelationId"),
    "activities": (_DEFAULT.activities, "TaskId"),
}
reports_dir_option: Callable[[Command], Command] = _option(
    "--reports-dir",
    "Where reports are written.",
    type=click.Path(file_okay=False, path_type=Path),
    default=_DEFAULT.reports_dir,
)
_OPTIONS = [
    _option("--schema", "Schema of the sf_* tables.", default=_DEFAULT.schema),
    _option("--relations-table", "The result's table.", default=_DEFAULT.relations_table),
    *(
        option
        for kind, (parent, field) in _PARENTS.items()
        for option in (
            _option(f"--{kind}-table", f"The table that {field} refers to.", default=parent.table),
            _option(f"--{kind}-key", "Its unique column of Salesforce Ids.", default=parent.key),
        )
    ),
    reports_dir_option,
    _option(
        "--max-records",
        "Records of each kind inside a report; more stand in .jsonl.gz files beside it.",
        type=click.IntRange(min=0),
        default=_DEFAULT.max_records,
    ),
    _option(
        "--fail-below",
        "Exit with 1 where fewer than this percentage of the landed relations went in.",
        type=_PERCENT,
        default=None,
    ),
    _option(
        "--sweep/--no-sweep",
        "After a complete full run, mark the rows that it did not see as deleted.",
        default=_DEFAULT.sweep,
    ),
    _option(
        "--max-delete-percent",
        "A sweep that would mark more of the rows than this marks none.",
        type=_PERCENT,
        default=_DEFAULT.max_delete_percent,
    ),
    _option(
        "--lookback-seconds",
        "The tap's look-back, which a sweep spares.",
        envvar=["TAP_SALESFORCE_TASKWHO_LOOKBACK_SECONDS"],
        type=click.IntRange(min=0),
        default=_DEFAULT.lookback_seconds,
    ),
    _option(
        "--lock-timeout-seconds",
        "How long to wait for another session's lock on a table.",
        type=_SECONDS,
        default=_DEFAULT.lock_timeout_seconds,
    ),
    _option(
        "--wait-seconds",
        "How long to wait for another post-load to end.",
        type=_SECONDS,
        default=_DEFAULT.wait_seconds,
    ),
]


def post_load_options(command: Command) -> Command:
    """Add the promotion's options; `to_settings` takes them from the command's arguments."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def to_settings(given: dict[str, Any]) -> PostLoadSettings:
    """The settings from the options' values."""
    rest = dict(given)
    parents: dict[str, Any] = {
        kind: ParentTable(rest.pop(f"{kind}_table"), rest.pop(f"{kind}_key")) for kind in _PARENTS
    }
    return PostLoadSettings(**parents, **rest)
