"""One run at a time for each state, wherever it runs."""

from __future__ import annotations

import time

import psycopg
import pytest
from psycopg import sql
from taskwho.model.errors import Busy
from taskwho.pipeline.sync_lock import alone

RELATIONS, PARENTS = "dev:relations", "dev:parents"
END_LOCK = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'taskwho lock'
"""


def test_a_second_run_with_the_same_state_is_busy(database_url: str) -> None:
    with (
        alone(database_url, [PARENTS, RELATIONS]),
        pytest.raises(Busy) as raised,
        alone(database_url, [RELATIONS]),
    ):
        raise AssertionError
    assert raised.value.exit_code == 5
    assert raised.value.message == (
        "Another run is at work with the state dev:relations in this database. Wait for it to end, "
        "or stop it where it runs (Ctrl-C). Nothing was read or changed."
    )


def test_another_state_and_a_later_run_are_free(database_url: str) -> None:
    with alone(database_url, [RELATIONS]), alone(database_url, [PARENTS]):
        pass
    with alone(database_url, [RELATIONS, PARENTS]):
        pass


def test_the_lock_goes_with_its_connection_and_the_run_goes_on(database_url: str) -> None:
    with alone(database_url, [RELATIONS]):
        with psycopg.connect(database_url) as connection:
            connection.execute(END_LOCK)
        with alone(database_url, [RELATIONS]):
            pass


def test_no_time_out_of_the_database_ends_it(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        for name in ("idle_in_transaction_session_timeout", "statement_timeout"):
            connection.execute(
                sql.SQL("alter database {} set {} to '100ms'").format(
                    sql.Identifier(connection.info.dbname), sql.Identifier(name)
                )
            )
    with alone(database_url, [RELATIONS]):
        time.sleep(0.5)
        with pytest.raises(Busy), alone(database_url, [RELATIONS]):
            raise AssertionError


def test_it_holds_back_no_vacuum(database_url: str) -> None:
    with alone(database_url, [RELATIONS]), psycopg.connect(database_url) as connection:
        held = connection.execute(
            "select backend_xmin, backend_xid, state from pg_stat_activity "
            "where datname = current_database() and application_name = 'taskwho lock'"
        ).fetchall()
    assert held == [(None, None, "idle in transaction")]
