"""The stock connector; libpq reads the URL, and where it cannot connect it says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import event

from target_postgres_taskwho.database_url import libpq_url, promotion_url
from target_postgres_taskwho.errors import ANOTHER_DATABASE, LoadError
from target_postgres_taskwho.explain import unreachable
from target_postgres_taskwho.stock import StockConnector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Dialect, Engine

# for SQLAlchemy, which is to choose its dialect and nothing else
_DIALECT = "postgresql+psycopg://"
_IDENTITY = """
    select system_identifier, (select oid from pg_database where datname = current_database())
    from pg_control_system()
"""


class TaskWhoConnector(StockConnector):
    """Its exceptions never show a statement's parameters."""

    _url: str | None = None
    _is_compared = False

    def get_sqlalchemy_url(self, config: Mapping[str, Any]) -> str:
        """Keep the URL for libpq, where it can read it; raises LoadError."""
        self._url = libpq_url(config)
        return _DIALECT if self._url else str(super().get_sqlalchemy_url(config))

    def create_engine(self) -> Engine:
        """Create the stock engine."""
        engine: Engine = super().create_engine()
        engine.hide_parameters = True
        event.listen(engine, "do_connect", self._open)
        event.listen(engine, "begin", _without_quotes)
        return engine

    def _open(
        self, dialect: Dialect, _record: object, args: list[Any], options: dict[str, Any]
    ) -> Any:  # noqa: ANN401 -- a DBAPI connection of any driver
        # over what environment, role or database say
        options = {**options, "client_encoding": "UTF8"}
        if dialect.driver == "psycopg":
            # Nothing prepared: PgBouncer in transaction mode may send the next statement to
            # another session. See psycopg's documentation, "Using prepared statements".
            options["prepare_threshold"] = None
        try:
            opened: Any = dialect.connect(*([self._url] if self._url else args), **options)
        except psycopg.OperationalError as error:
            raise unreachable(error) from None
        if self._url is None:
            return opened
        if not self._is_compared:
            self._is_compared = True
            self._compare(opened)
        return opened

    def _compare(self, opened: psycopg.Connection[Any]) -> None:
        """Raise LoadError where post-load would look for the rows in another database."""
        url = promotion_url(self.config)
        if url is None:
            return
        try:
            with psycopg.connect(url, client_encoding="UTF8") as other:
                same = _identity(other) == _identity(opened)
        except psycopg.Error:
            return  # post-load says so, if it looks there at all
        if not same:
            raise LoadError(ANOTHER_DATABASE)


def _without_quotes(connection: Connection) -> None:
    """Let SQLAlchemy read the names of types: it knows none that is in quotes."""
    connection.exec_driver_sql("set local quote_all_identifiers = off")


def _identity(connection: psycopg.Connection[Any]) -> object:
    found = connection.execute(_IDENTITY).fetchone()
    connection.rollback()
    return found
