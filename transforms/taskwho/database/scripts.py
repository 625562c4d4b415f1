"""SQL in files beside its modules. Names are filled in as identifiers, values as parameters."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    import psycopg


class Scripts:
    """The scripts in the folder `sql` of one package."""

    def __init__(self, package: str) -> None:
        self._package = package

    @property
    def folder(self) -> Traversable:
        """The folder of the scripts."""
        return files(self._package) / "sql"

    def compose(self, name: str, names: object = None, /, **parts: sql.Composable) -> sql.Composed:
        """A script with its `{placeholders}` filled in: by `parts`, else by attributes of `names`.

        Raises AttributeError for a placeholder that neither has.
        """
        text = _read(self._package, name)
        if names is None and not parts:
            # such a script may have braces of its own
            return sql.Composed([sql.SQL(text)])
        for placeholder in _placeholders(text) - parts.keys():
            parts[placeholder] = getattr(names, placeholder)
        return sql.SQL(text).format(**parts)

    def run(
        self,
        conn: psycopg.Connection[Any],
        name: str,
        values: Mapping[str, Any] | None = None,
        /,
        **parts: sql.Composable,
    ) -> psycopg.Cursor[Any]:
        """Execute a script; the cursor holds the rows of its first statement that returns any.

        `values` are its parameters, `%(name)s` in the script; such a script is one statement.
        """
        if values is not None:
            parts = {placeholder: doubled(part) for placeholder, part in parts.items()}
        return conn.execute(self.compose(name, **parts), values)

    def run_for(
        self,
        conn: psycopg.Connection[Any],
        name: str,
        names: object,
        /,
        **parts: sql.Composable,
    ) -> psycopg.Cursor[Any]:
        """Execute a script whose placeholders are attributes of `names`, or `parts`."""
        return conn.execute(self.compose(name, names, **parts))


@cache
def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@cache
def _read(package: str, name: str) -> str:
    return (files(package) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def doubled(part: sql.Composable) -> sql.SQL:
    """A part of a statement with parameters: in it, psycopg reads two percent signs as one."""
    return sql.SQL(part.as_string().replace("%", "%%"))


def names(identifiers: list[str]) -> sql.Composed:
    """Identifiers with commas between."""
    return sql.SQL(", ").join(map(sql.Identifier, identifiers))


def lines(items: Iterable[sql.Composable]) -> sql.Composed:
    """Expressions with commas between, one a line."""
    return sql.SQL(",\n    ").join(items)
