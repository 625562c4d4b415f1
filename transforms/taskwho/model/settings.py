"""The settings of the promotion and its report, each declared once.

Command-line options are made from these declarations. A test compares meltano.yml and .env.example
with them.
"""
# ruff: noqa: RUF009 - `_setting` makes fields of a dataclass, as `field` does

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from taskwho.model.entities import ENTITIES, PARENTS, RELATIONS
from taskwho.model.errors import TaskwhoError
from taskwho.model.errors.settings import NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from taskwho.model.entities import Entity

# PostgreSQL cuts longer names without an error (NAMEDATALEN)
LONGEST_NAME = 63

ForeignKeys = Literal["create", "keep"]


@dataclass(frozen=True, slots=True)
class ParentTable:
    """A table that relations refer to, and its unique column of Salesforce Ids."""

    table: str
    key: str = "salesforce_id"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: a command-line option, and a variable TASKWHO_<NAME>.

    A secret one has no option: others on the machine read command lines.
    """

    name: str
    default: object
    meaning: str
    at_least: int | None = None
    at_most: int | None = None
    choices: tuple[str, ...] = ()
    other_variable: str | None = None
    secret: bool = False

    @property
    def kind(self) -> type:
        """The type of its values: that of the default; the path of a file where there is none."""
        if self.default is None or isinstance(self.default, Path):
            return Path  # of whatever system
        return type(self.default)

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"TASKWHO_{self.name.upper()}"


def _setting(default: object, meaning: str, **more: object) -> Any:  # noqa: ANN401 - as dataclasses.field
    shown = not more.get("secret")
    return field(default=default, repr=shown, metadata={"meaning": meaning, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLoadSettings:
    """What post-load needs to know besides the database's URL."""

    schema: str = _setting("public", "Schema of the sf_* tables.")
    relations_table: str = _setting(
        "sf_taskwhorelations", "The table that relations are promoted into."
    )
    parents: Mapping[str, ParentTable] = field(default_factory=dict)
    """The parents' tables by stream; those that are not given have their default."""
    foreign_keys: ForeignKeys = _setting(
        "create",
        "What happens to foreign keys: `create` gives them to a table that a run makes, `keep` "
        "adds none to any table. Rows are judged the same.",
        choices=get_args(ForeignKeys),
    )
    reports_dir: Path = _setting(Path("reports"), "The folder that reports are written to.")
    max_records: int = _setting(
        5,
        "Records of each kind inside a report; if there are more, all stand in files beside it.",
        at_least=0,
    )
    keep: int = _setting(
        90,
        "How many days to keep: runs and their pages in the database, reports and their files.",
        at_least=1,
        at_most=36_500,
    )
    metrics: Path | None = _setting(
        None, "Write the numbers of each run to this file, as text that Prometheus reads."
    )
    notify: str = _setting(
        "",
        "The webhook that is told when a run fails, and when the table becomes degraded or "
        "recovers: https, or http on loopback.",
        secret=True,
    )
    report_url: str = _setting(
        "", "Where the folder of reports is published. Alerts link to the report there."
    )
    goal: float = _setting(
        95.0,
        "The percentage of the live relations that has to be in the table; under it a report says "
        "degraded.",
        at_least=0,
        at_most=100,
    )
    fail_below: float = _setting(
        50.0,
        "Exit with 4 where less than this percentage of the live relations is in the table.",
        at_least=0,
        at_most=100,
    )
    sweep: bool = _setting(
        default=False,
        meaning="After a complete full run, mark the rows that it did not read as deleted.",
    )
    retry_all: bool = _setting(
        default=False, meaning="Try every waiting row again, whatever it waits for."
    )
    explain: bool = _setting(
        default=True,
        meaning="Ask Salesforce why parents are missing, in at most 20 API calls a run.",
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
        """The settings from the values of `SETTINGS`, by name; a secret one may be missing."""
        parents = {
            entity.stream: ParentTable(values[f"{entity.name}_table"], values[f"{entity.name}_key"])
            for entity in PARENTS
        }
        names = [part.name for part in fields(cls) if part.name in values]
        return cls(parents=parents, **{name: values[name] for name in names})

    @property
    def creates_foreign_keys(self) -> bool:
        """Whether a table that a run makes gets foreign keys."""
        return self.foreign_keys == "create"

    def table_of(self, entity: Entity) -> ParentTable:
        """The table that an object is promoted into."""
        return self.parents.get(entity.stream) or ParentTable(self.relations_table)

    def __post_init__(self) -> None:
        """Fill in the defaults; refuse names that PostgreSQL would cut and not find again."""
        object.__setattr__(self, "parents", _DEFAULT_PARENTS | dict(self.parents))
        names = [self.schema, self.relations_table]
        for parent in self.parents.values():
            names += [parent.table, parent.key]
        for name in names:
            check_name(name, LONGEST_NAME)

    @property
    def result_tables(self) -> dict[str, tuple[str, str]]:
        """Schema and name of the table that each stream's rows go into."""
        names = {stream: parent.table for stream, parent in self.parents.items()}
        names[RELATIONS.stream] = self.relations_table
        return {stream: (self.schema, name) for stream, name in names.items()}


_DEFAULT_PARENTS = {entity.stream: ParentTable(f"sf_{entity.name}") for entity in PARENTS}


def _parents() -> Iterator[Setting]:
    for entity in PARENTS:
        default = _DEFAULT_PARENTS[entity.stream]
        referring = [
            found.field
            for other in ENTITIES
            for found in other.references
            if found.parent is entity
        ]
        refer = f"{' and '.join(referring)} refer{'' if len(referring) > 1 else 's'}"
        yield Setting(f"{entity.name}_table", default.table, f"The table that {refer} to.")
        meaning = f"The unique column of Salesforce Ids in the table of {entity.name}."
        yield Setting(f"{entity.name}_key", default.key, meaning)


def _declared() -> Iterator[Setting]:
    for part in fields(PostLoadSettings):
        if part.name == "parents":
            yield from _parents()
        else:
            yield Setting(part.name, part.default, **part.metadata)


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
