"""The stock connector, whose failures to connect are told as such."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import event
from target_postgres.connector import PostgresConnector

from target_postgres_taskwho.explain import unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Dialect, Engine


class TaskWhoConnector(PostgresConnector):  # type: ignore[misc] # published without types
    """One engine for all sinks; an exception of its never shows a statement's parameters."""

    def create_engine(self) -> Engine:
        """Create the stock engine."""
        engine: Engine = super().create_engine()
        engine.hide_parameters = True
        event.listen(engine, "do_connect", _connect)
        return engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open one transaction, which is committed at the end of the block."""
        with self._connect() as connection, connection.begin():
            yield connection


def _connect(dialect: Dialect, _record: object, args: list[Any], options: dict[str, Any]) -> Any:  # noqa: ANN401 -- a DBAPI connection of any driver
    try:
        return dialect.connect(*args, **options)
    except psycopg.OperationalError as error:
        raise unreachable(error) from None
