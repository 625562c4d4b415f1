"""How each row finds its parents, and what is said where one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from taskwho.promotion import references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from taskwho.model.entities import Entity, Reference
    from taskwho.promotion.tables.names import Names


class Parents:
    """Expressions over the references of one stream."""

    def __init__(self, names: Names) -> None:
        self._entity = names.entity
        self._parents = {
            reference: names.parents[reference.parent] for reference in names.references
        }
        self._fields = list(dict.fromkeys(reference.field for reference in self._parents))

    def joins(self) -> sql.Composed:
        """A join for each reference, which finds one row at most."""
        return sql.SQL("\n").join(
            sql.SQL("left join {} as {} on {} = {}::{}").format(
                parent.table
                if parent.is_unique
                else sql.SQL("(select distinct {} from {})").format(parent.key, parent.table),
                _alias(reference),
                self._key(reference),
                _value(self._entity, reference.field),
                parent.key_type,
            )
            for reference, parent in self._parents.items()
        )

    def lacks_parent(self) -> sql.Composable:
        """Whether a reference finds no parent, for whatever reason."""
        if not self._fields:
            return sql.SQL("false")
        return sql.SQL("num_nulls({}) > 0").format(_commas(map(self._found, self._fields)))

    def missing(self) -> sql.Composed:
        """The Ids that no parent has, by field."""
        pair = sql.SQL("{}, case when {} is null and pg_temp.is_salesforce_id({}) then {} end")
        pairs = []
        for field in self._fields:
            value = _value(self._entity, field)
            pairs.append(pair.format(field, self._found(field), value, value))
        return sql.SQL("jsonb_strip_nulls(jsonb_build_object({}))").format(_commas(pairs))

    def unfit(self) -> sql.Composed:
        """The names of the fields that do not fit, with references that hold no Id."""
        case = sql.SQL("case when {} is null and not pg_temp.is_salesforce_id({}) then {} end")
        cases = [
            case.format(self._found(field), _value(self._entity, field), field)
            for field in self._fields
        ]
        listed = _commas([sql.SQL("version.invalid"), *cases])
        return sql.SQL("nullif(concat_ws(', ', {}), '')").format(listed)

    def reasons(self) -> sql.Composed:
        """The codes of the parents that are missing, each once."""
        codes: dict[str, list[sql.Composable]] = {}
        for reference in self._parents:
            is_missing = references.is_missing(self._entity, reference)
            codes.setdefault(reference.parent.missing, []).append(is_missing)
        case = sql.SQL("case when {} then {} end")
        return _commas(
            [case.format(sql.SQL(" or ").join(any_of), code) for code, any_of in codes.items()]
            or [sql.NULL]
        )

    def errors(self) -> sql.Composed:
        """The same in words with the Ids, each Id once."""
        case = sql.SQL("case when {} then {} || ({}) || ' is not in ' || {} end")
        lines: list[sql.Composable] = []
        earlier: list[Reference] = []
        for reference, parent in self._parents.items():
            record_id = references.missing_id(reference)
            conditions = [references.is_missing(self._entity, reference)] + [
                sql.SQL("{} is distinct from {}").format(record_id, references.missing_id(other))
                for other in earlier
                if other.parent is reference.parent
            ]
            told = f"{reference.parent.missing}: "
            condition = sql.SQL(" and ").join(conditions)
            lines.append(case.format(condition, told, record_id, parent.title))
            earlier.append(reference)
        return _commas(lines or [sql.NULL])

    def _found(self, field: str) -> sql.Composable:
        """The Id, as the parent that has it holds it."""
        keys = [self._key(reference) for reference in self._parents if reference.field == field]
        return keys[0] if len(keys) == 1 else sql.SQL("coalesce({})").format(_commas(keys))

    def _key(self, reference: Reference) -> sql.Composed:
        return sql.SQL("{}.{}").format(_alias(reference), self._parents[reference].key)


def _value(entity: Entity, field: str) -> sql.Identifier:
    return sql.Identifier("version", entity.field(field).target)


def _alias(reference: Reference) -> sql.Identifier:
    return sql.Identifier(f"{reference.parent.noun} of {reference.field}")


def _commas(items: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(items)
