"""All private parts of singer-sdk and target-postgres that this loader uses, by public names.

A test compares their signatures with those of singer-sdk 0.54 and target-postgres 0.8.1.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from singer_sdk import mapper
from singer_sdk.configuration._dict_config import parse_environment_config
from singer_sdk.exceptions import RecordsWithoutSchemaException
from singer_sdk.helpers._batch import BaseBatchFileEncoding
from singer_sdk.helpers._classproperty import classproperty

from target_postgres_taskwho.dotenv_file import read_dotenv
from target_postgres_taskwho.errors import LoadError
from target_postgres_taskwho.late_imports import import_on_first_use

# Only a tunnel over SSH uses paramiko, and it is an eighth of the loader's imports (measured).
import_on_first_use("paramiko")

from target_postgres.connector import PostgresConnector  # noqa: E402 -- it imports paramiko
from target_postgres.sinks import PostgresSink as StockSink  # noqa: E402
from target_postgres.target import TargetPostgres  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from sqlalchemy import Connection

__all__ = ["BaseBatchFileEncoding", "StockConnector", "StockSink", "StockTarget"]


# those that role or database set; PostgreSQL 17 has one more than 15
_NO_TIME_OUTS = """
    select set_config(name, '0', true)
    from unnest(array[
        'statement_timeout', 'lock_timeout', 'transaction_timeout',
        'idle_in_transaction_session_timeout'
    ]) as name
    where current_setting(name, true) is not null
"""


class StreamMap(mapper.CustomStreamMap):
    """A stream map that loads Faker only where it computes something.

    The map of `meltano.yml` drops keys and computes nothing. Faker is a third of what the loader
    does in a run with nothing new (measured).
    """

    def __init__(self, *, map_transform: dict[str, Any], **options: Any) -> None:  # noqa: ANN401 -- the SDK's options
        self._drops_keys_alone = map_transform.keys() <= {mapper.MAPPER_KEY_PROPERTIES_OPTION}
        super().__init__(map_transform=map_transform, **options)

    def _init_faker_instance(self) -> Any:  # noqa: ANN401 -- Faker may not be installed
        return None if self._drops_keys_alone else super()._init_faker_instance()


# the SDK has no setting for the class of its maps
mapper.CustomStreamMap = StreamMap  # type: ignore[assignment,misc] # mypy takes it for a type


class StockConnector(PostgresConnector):  # type: ignore[misc] # published without types
    """The stock connector."""

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open a transaction, which is committed at the end of the block, however long it takes."""
        with self._connect() as connection, connection.begin():
            connection.exec_driver_sql(_NO_TIME_OUTS)
            yield connection


class StockTarget(TargetPostgres):  # type: ignore[misc] # published without types
    """The stock target; a subclass overrides the methods without an underscore."""

    _config: dict[str, Any]

    def complete_config(self, config: dict[str, Any]) -> dict[str, Any]:
        """Give the config to check and to use."""
        return config

    def process_batch(self, message: dict[str, Any]) -> None:
        """Load the files of a BATCH message."""
        super()._process_batch_message(message)

    def process_state(self, message: dict[str, Any]) -> None:
        """Remember the value of a STATE message; drain_all writes it."""
        super()._process_state_message(message)

    def write_state(self, state: dict[str, Any]) -> None:
        """Pass a STATE on. Only drain_all calls it, after every sink has committed."""
        super()._write_state_message(state)

    def terminate(self, signum: int) -> None:
        """Answer SIGTERM or SIGINT."""
        super()._handle_termination(signum, None)

    def drain_records(self, stream: str) -> None:
        """Write a stream's waiting records, those of an older schema first; pass no STATE on."""
        if stream not in self.mapper.stream_maps:
            raise RecordsWithoutSchemaException(f"Stream {stream!r} has had no SCHEMA")
        names = {stream_map.stream_alias for stream_map in self.mapper.stream_maps[stream]}
        for sink in (*self._sinks_to_clear, *self._sinks_active.values()):
            if sink.stream_name in names:
                self.drain_one(sink)

    @classproperty
    def _env_var_config(cls) -> dict[str, Any]:  # noqa: N805 -- a property of the class
        schema = cls.config_jsonschema
        cls.append_builtin_config(schema)
        read_dotenv()
        # no file of the SDK's: its values would win over the environment
        return parse_environment_config(schema, cls._env_var_prefix, os.devnull)

    @classmethod
    def given_config(cls, source: Any) -> dict[str, Any]:  # noqa: ANN401 -- the SDK's private _ConfigInput
        """Give the settings of the config files and, where they count, of the environment."""
        config: dict[str, Any] = dict(source.config) if source else {}
        if source and source.parse_env:
            with suppress(LoadError):  # of .env, which has ended the load
                config |= cls._env_var_config
        return config

    def _validate_config(self, *, raise_errors: bool = True) -> list[str]:
        self._config = self.complete_config(self._config)
        errors: list[str] = super()._validate_config(raise_errors=raise_errors)
        return errors

    def _process_batch_message(self, message_dict: dict[str, Any]) -> None:
        self.process_batch(message_dict)

    def _process_state_message(self, message_dict: dict[str, Any]) -> None:
        self.process_state(message_dict)

    def _write_state_message(self, state: dict[str, Any]) -> None:
        self.write_state(state)

    def _handle_termination(self, signum: int, frame: FrameType | None) -> None:
        _ = frame
        self.terminate(signum)
