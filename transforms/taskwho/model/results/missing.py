"""Why a parent is missing: each cause with its label and the one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from taskwho.model.results.document import Document, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_ASKED = "not_asked"
_READ_ALL = "`taskwho sync --streams {stream} --mode full`"
_READ_NEW = "`taskwho sync --streams {stream}`"


@dataclass(frozen=True, slots=True)
class Cause:
    """`label` follows "are"; `do` may hold {stream}, {noun}, {table} and {example}, an Id.

    `comes`: the relations go in when somebody has done it.
    """

    code: str
    label: str
    do: str
    comes: bool = True


CAUSES = {
    cause.code: cause
    for cause in (
        Cause(
            "newer",
            "in Salesforce, newer than your table",
            f"Run the job that fills {{table}}, or {_READ_NEW}: the table ends before these "
            "{stream} were made.",
        ),
        Cause(
            "inactive",
            "in Salesforce, inactive",
            "Let the job that fills {table} read inactive {stream} too, or run "
            f"{_READ_ALL}, which does.",
        ),
        Cause(
            "archived",
            "in Salesforce, archived",
            "Let the job that fills {table} read archived {stream} too (by queryAll), or run "
            f"{_READ_ALL}, which does.",
        ),
        Cause(
            "left_out",
            "in Salesforce, older than the end of your table",
            "Look for what the job that fills {table} leaves out, such as a filter, or run "
            f"{_READ_ALL}, which leaves out nothing.",
        ),
        Cause(
            "there",
            "in Salesforce",
            f"Run the job that fills {{table}}, or {_READ_ALL}.",
        ),
        Cause(
            "recycle_bin",
            "in the recycle bin of Salesforce",
            "Let the job that fills {table} read deleted {stream} too (by queryAll), or run "
            f"{_READ_ALL}, which does.",
        ),
        Cause(
            "merged",
            "merged into other {stream}",
            "Run `taskwho sync --mode full`: their relations refer to the {noun} that remains.",
        ),
        Cause(
            "waits_itself",
            "read, but kept in quarantine",
            "Run `taskwho why {example}`: it says which of its values keeps it out of {table}.",
        ),
        Cause(
            "hidden_or_gone",
            "hidden from the integration user, or gone for good",
            "Open `{example}` in Salesforce as an administrator. If it is there, give the "
            "integration user access to the {stream}; if it is not, its relations never go in.",
            comes=False,
        ),
        Cause(
            NOT_ASKED,
            "not looked up in Salesforce",
            f"Run the job that fills {{table}}, or {_READ_ALL}. `taskwho why {{example}} --live` "
            "asks Salesforce about one of them.",
        ),
    )
}


@dataclass(slots=True)
class MissingGroup(Document):
    """The missing Ids of one parent that have the same cause.

    `relations` wait for any of them; `brings_in` wait for nothing else, and go in when somebody has
    done what `do` says. `label` and `do` are the cause in words.
    """

    parent: str
    cause: str
    label: str
    do: str
    ids: int
    relations: int
    brings_in: int


@dataclass(slots=True)
class MissingId(Document):
    """One missing Id. `asked_at` is None where the cause was found without asking Salesforce."""

    parent: str
    id: str
    relations: int
    cause: str
    merged_into: str | None = None
    asked_at: str | None = None


@dataclass(slots=True)
class Explanation(Document):
    """Why parents are missing. `asked` says whether Salesforce was asked, in a sentence.

    `calls` are API calls that the answers of this run took. `groups` come with the most relations
    to bring in first, `worst` with the Ids that most relations wait for. `tables` are the parents'
    tables by stream, and `table_ends` the time of the newest record in each, where an index tells.
    It was found at `explained_at`, when so many relations were `waiting`.
    """

    asked: str = ""
    calls: int = 0
    explained_at: str | None = None
    waiting: int = 0
    tables: dict[str, str] = field(default_factory=dict)
    table_ends: dict[str, str] = field(default_factory=dict)
    groups: list[MissingGroup] = field(default_factory=list)
    worst: list[MissingId] = field(default_factory=list)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_dict` wrote."""
        groups = [MissingGroup.from_dict(each) for each in document.get("groups", [])]
        worst = [MissingId.from_dict(each) for each in document.get("worst", [])]
        known = {name: document[name] for name in cls.__dataclass_fields__ if name in document}
        return cls(**{**known, "groups": groups, "worst": worst})

    def to_dict(self) -> dict[str, Any]:
        """Name every value as JSON does."""
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}

    def of(self, parent: str) -> list[MissingGroup]:
        """The groups of one parent."""
        return [group for group in self.groups if group.parent == parent]
