"""What a comparison leaves open, and why: the method's limits, and Salesforce's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from taskwho.model.results.verification import Ghost, Verification
    from taskwho.org.verify.asking import Asking

_COUNTS = (
    "Compared by counts: differences that cancel each other out in every range, and changed "
    "contents with an unchanged SystemModstamp, are found for certain by `taskwho verify --full` "
    "only."
)
_GONE = (
    "Salesforce shows nothing of these relations, neither live nor deleted. It has no query that "
    "tells a relation that was deleted for good from one that the integration user may not see any "
    "more. A repair marks them as deleted; one that is shown again later comes back."
)
_CHANGED = (
    "Salesforce does not document whether the conversion of a lead, the merge of contacts or the "
    "archiving of a task changes the SystemModstamp of a relation. Where it does not, no "
    "incremental run reads the change. A change made in this table looks the same."
)
_MISSING = (
    "A relation that an older run should have read may have become visible to the integration user "
    "since then, or it was committed long after its SystemModstamp. Salesforce stamps neither."
)
_QUERY = (
    "Salesforce was asked through `query`, which does not show deleted relations: those in the "
    "recycle bin look like those that are gone. Whether it leaves out relations of archived tasks "
    "is not documented."
)
_GHOSTS = (
    "Salesforce shows the relations of a converted lead or a merged contact as they are here. It "
    "does not document whether a conversion or a merge changes or replaces every relation of the "
    "person: a repair cannot change them. Look at these tasks in Salesforce."
)
_HIDDEN = (
    "The integration user may not see {field} of TaskWhoRelation: {field} was not compared. Give "
    "that user read access to it in Salesforce (Field Permissions)."
)


def of(found: Verification, asking: Asking, ghosts: Sequence[Ghost]) -> tuple[str, ...]:
    """The notes that matter to what was found."""
    return tuple(_of(found, asking, ghosts))


def _of(found: Verification, asking: Asking, ghosts: Sequence[Ghost]) -> Iterator[str]:
    if found.by == "counts":
        yield _COUNTS
    kinds = {"missing": _MISSING, "changed": _CHANGED, "gone": _GONE}
    yield from (note for kind, note in kinds.items() if kind in found.differences)
    if ghosts:
        yield _GHOSTS
    if asking.endpoint != "queryAll":
        yield _QUERY
    for field in asking.hidden:
        yield _HIDDEN.format(field=field)
