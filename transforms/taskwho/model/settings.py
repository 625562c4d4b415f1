"""The settings of the promotion and its report, each declared once.

Command-line options are made from these declarations. A test compares meltano.yml and .env.example
with them.
"""
# ruff: noqa: RUF009 - `_setting` and `_parent` make fields of a dataclass, as `field` does

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.settings import NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping

# PostgreSQL cuts longer names without an error (NAMEDATALEN)
LONGEST_NAME = 63


@dataclass(frozen=True, slots=True)
class ParentTable:
    """A table that relations refer to, and its unique column of Salesforce Ids."""

    table: str
    key: str = "salesforce_id"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: a command-line option, and a variable TASKWHO_<NAME>."""

    name: str
    default: object
    kind: type
    meaning: str
    at_least: int | None = None
    at_most: int | None = None
    other_variable: str | None = None

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"TASKWHO_{self.name.upper()}"


def _setting(default: object, meaning: str, *, kind: type | None = None, **more: object) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(
        default=default, metadata={"kind": kind or type(default), "meaning": meaning, **more}
    )


def _parent(table: str, stream: str, referred_by: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(
        default=ParentTable(table), metadata={"stream": stream, "referred_by": referred_by}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLoadSettings:
    """What post-load needs to know besides the database's URL."""

    schema: str = _setting("public", "Schema of the sf_* tables.")
    relations_table: str = _setting(
        "sf_taskwhorelations", "The table that relations are promoted into."
    )
    users: ParentTable = _parent("sf_users", "users", "CreatedById and LastModifiedById refer")
    contacts: ParentTable = _parent("sf_contacts", "contacts", "RelationId refers")
    activities: ParentTable = _parent("sf_activities", "tasks", "TaskId refers")
    reports_dir: Path = _setting(
        Path("reports"), "The folder that reports are written to.", kind=Path
    )
    max_records: int = _setting(
        1_000,
        "Records of each kind inside a report; more stand in .jsonl.gz files beside it.",
        at_least=0,
    )
    fail_below: float | None = _setting(
        None,
        "Exit with 1 where less than this percentage of the landed relations went in.",
        kind=float,
        at_least=0,
        at_most=100,
    )
    sweep: bool = _setting(
        default=False,
        meaning="After a complete full run, mark the rows that it did not read as deleted.",
    )
    max_delete_percent: float = _setting(
        5.0,
        "A sweep that would mark more than this percentage of the rows marks none.",
        at_least=0,
        at_most=100,
    )
    lookback_seconds: int = _setting(
        900,
        "The tap's look-back. A sweep leaves out rows that changed within so many seconds before "
        "the end of its window.",
        at_least=0,
        other_variable="TAP_SALESFORCE_TASKWHO_LOOKBACK_SECONDS",
    )
    lock_timeout_seconds: int = _setting(
        60, "How many seconds to wait for another session's lock on a table.", at_least=1
    )
    wait_seconds: int = _setting(
        600, "How many seconds to wait for another post-load to end.", at_least=1
    )

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """The settings from the values of `SETTINGS`, by name."""
        parts: dict[str, Any] = {}
        for part in fields(cls):
            if isinstance(part.default, ParentTable):
                table, key = values[f"{part.name}_table"], values[f"{part.name}_key"]
                parts[part.name] = ParentTable(table, key)
            else:
                parts[part.name] = values[part.name]
        return cls(**parts)

    @property
    def parents(self) -> dict[str, ParentTable]:
        """The parents' tables by the stream that fills them."""
        return {stream: getattr(self, name) for stream, name in PARENT_SETTINGS.items()}

    def __post_init__(self) -> None:
        """Refuse names that PostgreSQL would cut: it would not find what they name."""
        names = [self.schema, self.relations_table]
        for parent in self.parents.values():
            names += [parent.table, parent.key]
        for name in names:
            check_name(name, LONGEST_NAME)


# stream -> what the names of its settings begin with
PARENT_SETTINGS: dict[str, str] = {
    part.metadata["stream"]: part.name
    for part in fields(PostLoadSettings)
    if isinstance(part.default, ParentTable)
}


def _declared() -> list[Setting]:
    found = []
    for part in fields(PostLoadSettings):
        name, default = part.name, part.default
        if isinstance(default, ParentTable):
            refer = part.metadata["referred_by"]
            found += [
                Setting(f"{name}_table", default.table, str, f"The table that {refer} to."),
                Setting(
                    f"{name}_key",
                    default.key,
                    str,
                    f"The unique column of Salesforce Ids in the table of {name}.",
                ),
            ]
        else:
            found.append(Setting(name, default, **part.metadata))
    return found


SETTINGS: tuple[Setting, ...] = tuple(_declared())


def check_name(name: str, longest: int) -> None:
    """Raise TaskwhoError for a name that is empty or has more than `longest` bytes."""
    if not 0 < len(name.encode()) <= longest:
        raise TaskwhoError(
            NAME_LENGTH,
            name=name[:LONGEST_NAME],
            bytes=len(name.encode()),
            longest=longest,
            limit=LONGEST_NAME,
        )
