"""SQL kept in files beside its modules; names are filled in as identifiers, never as text."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    import psycopg


class Scripts:
    """The scripts of one package, in its folder `sql`."""

    def __init__(self, package: str) -> None:
        self._package = package

    @property
    def folder(self) -> Traversable:
        """Where they lie."""
        return files(self._package) / "sql"

    def compose(self, name: str, /, **parts: sql.Composable) -> sql.Composed:
        """A script with its `{parts}` filled in."""
        script = sql.SQL(_read(self._package, name))
        # a script without parts may have braces of its own
        return script.format(**parts) if parts else sql.Composed([script])

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
        return conn.execute(self.compose(name, **parts), values)


@cache
def _read(package: str, name: str) -> str:
    return (files(package) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def names(identifiers: list[str]) -> sql.Composed:
    """Identifiers with commas between."""
    return sql.SQL(", ").join(map(sql.Identifier, identifiers))


def lines(items: list[sql.Composable]) -> sql.Composed:
    """Expressions with commas between, one a line."""
    return sql.SQL(",\n    ").join(items)
