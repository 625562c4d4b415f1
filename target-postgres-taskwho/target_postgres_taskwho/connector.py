"""The stock connector; where it cannot connect, it raises the declared problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import event

from target_postgres_taskwho.explain import unreachable
from target_postgres_taskwho.stock import StockConnector

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Engine


class TaskWhoConnector(StockConnector):
    """Its exceptions never show a statement's parameters."""

    def create_engine(self) -> Engine:
        """Create the stock engine."""
        engine: Engine = super().create_engine()
        engine.hide_parameters = True
        event.listen(engine, "do_connect", _connect)
        return engine


def _connect(dialect: Dialect, _record: object, args: list[Any], options: dict[str, Any]) -> Any:  # noqa: ANN401 -- a DBAPI connection of any driver
    try:
        return dialect.connect(*args, **options)
    except psycopg.OperationalError as error:
        raise unreachable(error) from None
