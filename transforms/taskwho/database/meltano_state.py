"""Meltano's state backend that keeps the state in the database that holds the rows.

Meltano finds it by the entry points `meltano.state_backends` and `meltano.settings`
(docs.meltano.com, reference: custom state backends). It loads this module in its own process, also
for `meltano state list`, so that nothing heavy is imported before a state is asked for.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from meltano.core.error import MeltanoError
from meltano.core.setting_definition import SettingDefinition, SettingKind
from meltano.core.state_store.base import MeltanoState, StateStoreManager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    import psycopg

    Result = TypeVar("Result")

# Meltano does not put .env into the environment of its own process: it expands settings alone.
DATABASE_URL = SettingDefinition(
    name="state_backend.taskwho.database_url",
    label="Database URL",
    description="The database that holds the rows, and the state beside them.",
    kind=SettingKind.STRING,
    sensitive=True,
    env_specific=True,
    value="$DATABASE_URL",
)


class TaskwhoStateStoreManager(StateStoreManager):
    """Keeps each state in a row of `taskwho.bookmarks`."""

    label = "taskwho.bookmarks"

    def __init__(self, *, database_url: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Meltano's own settings
        super().__init__(**kwargs)
        self._url = database_url
        self._connection: psycopg.Connection[Any] | None = None

    def get(self, state_id: str) -> MeltanoState | None:
        """The state of a state id; None where nothing was kept yet."""
        from taskwho.database import bookmarks  # noqa: PLC0415 - see the module's docstring

        found = self._ask(
            lambda conn: bookmarks.read(conn, state_id, begins_run=not _is_looked_up()),
            otherwise=None,
        )
        if found is None:
            return None
        return MeltanoState(state_id, found.partial or {}, found.completed or {})

    def set(self, state: MeltanoState) -> None:
        """Keep a state; where the table is missing, make it first."""
        from taskwho.database import bookmarks  # noqa: PLC0415

        def write(conn: psycopg.Connection[Any]) -> None:
            bookmarks.write(
                conn, state.state_id, completed=state.completed_state, partial=state.partial_state
            )

        self._change(write)

    def delete(self, state_id: str) -> None:
        """Forget the state of a state id."""
        from taskwho.database import bookmarks  # noqa: PLC0415

        self._ask(lambda conn: bookmarks.delete(conn, state_id), otherwise=None)

    def get_state_ids(self, pattern: str | None = None) -> Iterable[str]:
        """The state ids that match a pattern; all of them where there is none."""
        from taskwho.database import bookmarks  # noqa: PLC0415

        return self._ask(lambda conn: bookmarks.state_ids(conn, pattern or "*"), otherwise=[])

    @contextmanager
    def acquire_lock(self, state_id: str, *, retry_seconds: float) -> Iterator[None]:  # noqa: ARG002 - Meltano's
        """Do nothing: a row is written by one statement."""
        yield

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(
        self, question: Callable[[psycopg.Connection[Any]], Result], *, otherwise: Result
    ) -> Result:
        """The answer to a question; `otherwise` where the table does not exist yet."""
        from psycopg import errors  # noqa: PLC0415

        try:
            return self._run(question)
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            return otherwise

    def _change(self, change: Callable[[psycopg.Connection[Any]], None]) -> None:
        from psycopg import Error, errors  # noqa: PLC0415

        from taskwho.database.migrate import migrate  # noqa: PLC0415

        try:
            self._run(change)
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            self._run(migrate)
            self._run(change)
        except Error:
            # A connection that idled while the tap read may be gone: one more try, with a new one.
            self.close()
            self._run(change)

    def _run(self, work: Callable[[psycopg.Connection[Any]], Result]) -> Result:
        """The result of some work on the connection, which is made when it is first needed."""
        from taskwho.database.connection import connect  # noqa: PLC0415
        from taskwho.model.errors import TaskwhoError  # noqa: PLC0415

        try:
            if self._connection is None:
                self._connection = connect(self._database_url())
            return work(self._connection)
        except TaskwhoError as error:
            raise MeltanoError(error.message.rstrip(".")) from None

    def _database_url(self) -> str:
        if not self._url:
            raise MeltanoError(
                "DATABASE_URL is not set, so that Meltano cannot read its state",
                "Set DATABASE_URL in the environment or in .env, or run "
                "`taskwho prepare --embedded`",
            )
        return self._url


def _is_looked_up() -> bool:
    """Whether a person looks at the state (`meltano state …`), and no run begins from it."""
    context = click.get_current_context(silent=True)
    return context is not None and "state" in context.command_path.split()[1:2]
