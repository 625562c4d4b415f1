"""The loader: the stock target-postgres that commits before it passes a STATE on."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any

from singer_sdk.mapper import CustomStreamMap, SameRecordTransform
from target_postgres.target import TargetPostgres

from target_postgres_taskwho.database_url import with_database
from target_postgres_taskwho.explain import UserError, explain
from target_postgres_taskwho.message_reader import MessageReader
from target_postgres_taskwho.redaction import redact
from target_postgres_taskwho.run_folders import RunDirectories
from target_postgres_taskwho.sink import TaskWhoSink

if TYPE_CHECKING:
    from types import FrameType

    import click
    from singer_sdk.mapper import StreamMap

# A STATE costs Meltano 13 ms (measured); a kill repeats what followed the last one.
SECONDS_BETWEEN_STATES = 1.0
STOPPED = 130
KEYS_OF_A_MAP = "__key_properties__"


class TargetPostgresTaskWho(TargetPostgres):  # type: ignore[misc] # published without types
    """Loads Singer streams into PostgreSQL; a STATE it passes on is committed."""

    package_name = "target-postgres-taskwho"
    _config: dict[str, Any]
    default_sink_class = TaskWhoSink
    message_reader_class = MessageReader

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- the stock target's options
        self._state_passed_on: dict[str, Any] | None = None
        self._state_passed_at = float("-inf")
        self.run_directories = RunDirectories()
        super().__init__(**options)
        maps = self.config.get("stream_maps") or {}
        self._maps_are_plain = all(
            isinstance(rule, dict) and rule.keys() <= {KEYS_OF_A_MAP} for rule in maps.values()
        )

    def _validate_config(self, *, raise_errors: bool = True) -> list[str]:
        # before the stock target asserts that there is a database
        self._config = with_database(self._config)
        errors: list[str] = super()._validate_config(raise_errors=raise_errors)
        return errors

    def _process_record_message(self, message_dict: dict[str, Any]) -> None:
        sink = self._plain_sink(message_dict.get("stream"))
        record = message_dict.get("record")
        if sink is None or not isinstance(record, dict) or not sink.take(record):
            super()._process_record_message(message_dict)
        elif sink.is_full:
            self.drain_one(sink)

    def _plain_sink(self, stream: str | None) -> TaskWhoSink | None:
        maps = self.mapper.stream_maps.get(stream, ())
        if len(maps) != 1 or not self._is_plain(maps[0]):
            return None
        sink: TaskWhoSink | None = self._sinks_active.get(maps[0].stream_alias)
        return sink

    def _is_plain(self, stream_map: StreamMap) -> bool:
        known = isinstance(stream_map, SameRecordTransform | CustomStreamMap)
        return known and self._maps_are_plain and not stream_map.flattening_enabled

    def _process_batch_message(self, message_dict: dict[str, Any]) -> None:
        # records that came before the files are older: they land before them
        for sink in (*self._sinks_to_clear, *self._sinks_active.values()):
            self.drain_one(sink)
        super()._process_batch_message(message_dict)

    def _process_state_message(self, message_dict: dict[str, Any]) -> None:
        super()._process_state_message(message_dict)
        if time.monotonic() - self._state_passed_at >= SECONDS_BETWEEN_STATES:
            self.drain_all()

    def _write_state_message(self, state: dict[str, Any]) -> None:
        # only ever called by drain_all, when every sink is drained and committed
        if state != self._state_passed_on:
            super()._write_state_message(state)
            self._state_passed_on = state
        self._state_passed_at = time.monotonic()

    def _handle_termination(self, signum: int, frame: FrameType | None) -> None:
        # The stock handler drains inside the signal, amid an open transaction; ours ends the input.
        _ = frame
        reader = getattr(self, "message_reader", None)
        if reader is None:
            sys.exit(STOPPED)
        self.logger.info("Signal %d: loading what was read, then stopping.", signum)
        reader.stop()

    def process_endofpipe(self) -> None:
        """Drain, commit, pass the last STATE on; then leave, if somebody asked for it."""
        super().process_endofpipe()
        self.run_directories.sweep()
        if self.message_reader.stopped:
            sys.exit(STOPPED)

    @classmethod
    def invoke(cls, **options: Any) -> None:  # noqa: ANN401 -- the command's options
        """Run the command; whatever ends it is told in its last line."""
        try:
            super().invoke(**options)
        except Exception as error:  # noqa: BLE001 -- the last line of the output says what ended it
            config = cls._given(options.get("config"))
            if cls.logger.isEnabledFor(logging.DEBUG):
                cls.logger.debug("%s", redact(traceback.format_exc(), config))
            told = explain(error, config)
            cls.logger.error("%s", told)  # noqa: TRY400 -- people get a line, not a traceback
            sys.exit(told.exit_code)

    @classmethod
    def cb_config(cls, ctx: click.Context, param: click.Option, value: tuple[str, ...]) -> Any:  # noqa: ANN401 -- the SDK's own, private type
        """Read the config files; one that cannot be read is told in the last line."""
        try:
            return super().cb_config(ctx, param, value)
        except (OSError, ValueError) as error:
            cls.logger.error("A config file cannot be read: %s Mend it or its path.", error)  # noqa: TRY400 -- as above
            sys.exit(UserError.exit_code)

    @classmethod
    def _given(cls, source: Any) -> dict[str, Any]:  # noqa: ANN401 -- as cb_config
        config: dict[str, Any] = dict(getattr(source, "config", {}))
        return config | cls._env_var_config if getattr(source, "parse_env", False) else config
