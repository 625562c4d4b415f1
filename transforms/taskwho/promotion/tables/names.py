"""What the scripts of the promotion call the tables of one stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from psycopg import sql

from taskwho.database import landing
from taskwho.model.entities import STAMP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from taskwho.model.entities import Entity, Field, Reference
    from taskwho.promotion.tables.parents import ParentNames
    from taskwho.promotion.tables.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """One stream's tables. The attribute `inbox` stands where a script says `{inbox}`."""

    entity: Entity
    """What is promoted."""
    into: Target
    """Where it is promoted to."""
    stream: sql.Literal
    """The stream, as our tables name it."""
    landing: sql.Identifier
    """Its landing table."""
    inbox: sql.Identifier
    """View: what has landed."""
    repeated: sql.Identifier
    """Table: keys that landed more than once."""
    candidates: sql.Identifier
    """Table: keys of waiting rows that are tried again."""
    retried: sql.Identifier
    """Table: these waiting rows, as they landed once."""
    landed: sql.Identifier
    """View: the rows to classify, landed and retried ones, all values text."""
    cast: sql.Identifier
    """View: these rows with the types of their columns."""
    compared: sql.Identifier
    """View: these rows beside their parents and their stored versions."""
    decided: sql.Identifier
    """View: these rows, each with an action."""
    classified: sql.Identifier
    """Table: these rows, each with its action, its outcome and its reasons."""
    classified_name: sql.Literal
    """The same as text."""
    kept: sql.Identifier
    """Table: those that wait or are set aside."""
    refused: sql.Identifier
    """Table: rows that the user's table refused."""
    target: sql.Identifier
    """The user's table."""
    target_name: sql.Literal
    """The same as text."""
    title: sql.Literal
    """The same for a message."""
    key: sql.Identifier
    """Its column of Salesforce Ids."""
    key_type: sql.Identifier
    """The type as which an Id is compared with it."""
    stamp: sql.Identifier
    """Its column of SystemModstamp."""
    parents: Mapping[Entity, ParentNames]
    """The tables that it refers to."""
    unread: tuple[Field, ...] = ()
    """Fields that some of the rows to classify were read without."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references whose column is written: what a table does not keep keeps no row out."""
        entity = self.entity
        return tuple(
            reference
            for reference in entity.references
            if self.into.writes(entity.field(reference.field).target)
        )

    @classmethod
    def of(
        cls, entity: Entity, into: Target, parents: Mapping[Entity, ParentNames] | None = None
    ) -> Self:
        """The names for an object and the user's table that takes it."""

        def temporary(step: str) -> sql.Identifier:
            return sql.Identifier(f"{step}_{entity.stream}")

        target = into.table.identifier
        return cls(
            entity=entity,
            into=into,
            stream=sql.Literal(entity.stream),
            landing=sql.Identifier(landing.SCHEMA, entity.stream),
            inbox=temporary("inbox"),
            repeated=temporary("repeated"),
            candidates=temporary("candidates"),
            retried=temporary("retried"),
            landed=temporary("landed"),
            cast=temporary("cast"),
            compared=temporary("compared"),
            decided=temporary("decided"),
            classified=temporary("classified"),
            classified_name=sql.Literal(f"classified_{entity.stream}"),
            kept=temporary("kept"),
            refused=temporary("refused"),
            target=target,
            target_name=sql.Literal(target.as_string()),
            title=sql.Literal(into.table.title),
            key=sql.Identifier(into.key),
            key_type=into.key_column.compared_as,
            stamp=sql.Identifier(STAMP),
            parents=parents or {},
        )
