"""One next step: what to do, why, and what it brings in."""

from __future__ import annotations

from dataclasses import dataclass

from taskwho.model.results.document import Document


@dataclass(slots=True)
class Step(Document):
    """`brings_in` so many relations, at most so many where it is not `certain`.

    It is None where a step is not about waiting relations.
    """

    do: str
    because: str = ""
    brings_in: int | None = None
    certain: bool = True
