"""The private parts of singer-sdk that this tap needs. No other module touches one.

tests/unit/tap/output/test_singer_internals.py compares their signatures with the ones below.
"""

from __future__ import annotations

import copy
import os
from abc import abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from singer_sdk import Stream, Tap, metrics
from singer_sdk.configuration._dict_config import parse_environment_config
from singer_sdk.exceptions import AbortedSyncPausedException
from singer_sdk.helpers._batch import BaseBatchFileEncoding as BatchEncoding
from singer_sdk.helpers._batch import BatchConfig
from singer_sdk.helpers._classproperty import classproperty
from singer_sdk.helpers.conform import TypeConformanceLevel
from singer_sdk.mapper import SameRecordTransform
from singer_sdk.singerlib import Metadata, Schema

from tap_salesforce_taskwho.config.dotenv_file import read_dotenv
from tap_salesforce_taskwho.errors import TapError, UserError
from tap_salesforce_taskwho.errors.command import (
    CONFIG_INVALID,
    STREAM_MAP_FAILED,
    STREAM_MAPS_WRONG,
    VARIABLE_UNREADABLE,
)
from tap_salesforce_taskwho.errors.output import BATCH_CONFIG_WRONG

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Mapping
    from types import FrameType

    from singer_sdk.singerlib import Catalog
    from singer_sdk.singerlib.catalog import MetadataMapping

__all__ = ["BatchConfig", "BatchEncoding", "SingerStream", "SingerTap"]

# How often a run logs how many records it has read. The SDK's minute is too long to watch.
PROGRESS_SECONDS = 2.0


@contextmanager
def _explained() -> Iterator[None]:
    """Explain what the SDK says of stream maps, which people write."""
    try:
        yield
    except Exception as error:
        raise UserError(STREAM_MAPS_WRONG, error=_said(error)) from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


class SingerTap(Tap):
    """A tap that checks its config and stops by its own rules."""

    @abstractmethod
    def checked_config(self, config: dict[str, Any], *, is_complete: bool) -> dict[str, Any]:
        """Give the config that the SDK keeps.

        Raises UserError for a value that cannot be used, where the config `is_complete`: discovery
        needs none.
        """

    @abstractmethod
    def on_signal(self) -> None:
        """Handle SIGINT or SIGTERM."""

    def setup_mapper(self) -> None:
        """Let the streams correct the catalog before the mapper reads it."""
        for stream in self.streams.values():
            _ = stream.metadata
        with _explained():
            super().setup_mapper()

    def listen_for_signals(self) -> None:
        """Call `on_signal` from here on when a signal comes."""
        super()._setup_signal_handlers()

    def _setup_signal_handlers(self) -> None:
        """Leave signals alone until something is read: discovery has no state to save."""

    def _handle_termination(
        self,
        signum: int,  # noqa: ARG002 -- both signals mean the same
        frame: FrameType | None,  # noqa: ARG002 -- the signal module's
    ) -> None:
        self.on_signal()

    def _validate_config(self, *, raise_errors: bool = True) -> list[str]:
        self._config = self.checked_config(self._config, is_complete=raise_errors)
        try:
            errors = super()._validate_config(raise_errors=False)
        except Exception as error:  # the SDK's schema cannot take every shape
            said = f"stream_maps or another object in it has a wrong shape ({error})"
            raise UserError(CONFIG_INVALID, error=said) from error
        if raise_errors and errors:
            raise UserError(CONFIG_INVALID, error=errors[0])
        unknown = sorted(self._config.keys() - self.config_jsonschema["properties"].keys())
        if unknown:
            self.logger.warning("The tap does not know these settings: %s.", ", ".join(unknown))
        return errors

    @classproperty
    def _env_var_config(cls) -> dict[str, Any]:  # noqa: N805 -- a property of the class
        """Give the tap's own settings as text: its checks say better what is wrong."""
        schema = copy.deepcopy(cls.config_jsonschema)
        own = list(schema["properties"])
        cls.append_builtin_config(schema)
        schema["properties"] |= {name: {"type": ["string", "null"]} for name in own}
        read_dotenv()
        try:
            # no file of the SDK's: its values would win over the environment
            return parse_environment_config(schema, cls._env_var_prefix, os.devnull)
        except ValueError as error:
            raise UserError(VARIABLE_UNREADABLE, error=error) from error


class SingerStream(Stream):
    """A stream that writes its messages and its state by itself.

    The SDK calls `sync_records`, or `sync_batches` where `get_batch_config` gives a config. Its own
    loop over records and its own bookmarks are never used.
    """

    selected_by_default = False
    # fields that are always selected
    automatic: Collection[str] = ()
    TYPE_CONFORMANCE_LEVEL = TypeConformanceLevel.NONE
    record_counter: metrics.Counter
    batch_counter: metrics.Counter
    call_counter: metrics.Counter
    _records_emitted = 0
    records_left_out = 0  # by stream maps

    @abstractmethod
    def sync_records(self) -> None:
        """Read the stream and write RECORD messages."""

    def sync_batches(self, config: BatchConfig) -> None:  # noqa: ARG002 -- for those that do
        """Read the stream and write BATCH messages; a stream that has none writes RECORD."""
        self.sync_records()

    def on_failure(self, error: TapError) -> None:
        """Handle what ended the reading."""
        raise error

    @property
    def writes_records_as_they_are(self) -> bool:
        """Whether no stream map, flattening or dry run wants to see single records.

        Deselected fields need no look either: the org is not asked for them.
        """
        maps = self.stream_maps
        return (
            len(maps) == 1
            and maps[0].__class__ is SameRecordTransform
            and maps[0].stream_alias == self.name
            and not maps[0].flattening_enabled
            and self._stream_version is None
            and self.ABORT_AT_RECORD_COUNT is None
        )

    @property
    def metadata(self) -> MetadataMapping:
        """Give the catalog's metadata, in which automatic fields cannot be deselected."""
        found = super().metadata
        for name in self.automatic:
            found["properties", name].inclusion = Metadata.InclusionType.AUTOMATIC
        return found

    def apply_catalog(self, catalog: Catalog) -> None:
        """Apply a catalog; automatic fields come back where its schema has lost them."""
        super().apply_catalog(catalog)
        entry = catalog.get_stream(self.name)
        if entry is not None:
            own = Schema.from_dict(self.schema).properties or {}
            given = entry.schema.properties or {}
            missing = {name: own[name] for name in self.automatic if name not in given}
            entry.schema.properties = given | missing
            self._input_schema = entry.schema.to_dict()
            entry.stream = self.name  # by which the mapper looks for it

    def keep_fields(self, names: Collection[str]) -> None:
        """Take the other fields out of the SCHEMA messages, as if they were deselected."""
        raw = self.stream_maps[0].raw_schema
        kept = {name: shape for name, shape in raw["properties"].items() if name in names}
        if kept.keys() != raw["properties"].keys():
            schema = {**raw, "properties": kept}
            with _explained():
                self._tap.mapper.register_raw_stream_schema(self.name, schema, self.primary_keys)
            self._stream_maps = []

    def write_schema(self) -> None:
        """Write the SCHEMA messages, when the SDK begins the stream."""
        self.announce()

    def announce(self) -> None:
        """Write the SCHEMA messages."""
        super()._write_schema_message()

    def emit_record(self, record: dict[str, Any]) -> None:
        """Write a record that was read, and count it. A dry run ends before one too many."""
        if self._records_emitted == self.ABORT_AT_RECORD_COUNT:
            raise AbortedSyncPausedException
        self.write_record(record)
        self._records_emitted += 1
        self.record_counter.increment()

    def write_record(self, record: dict[str, Any]) -> None:
        """Write a RECORD message as catalog and stream maps want it."""
        try:
            messages = list(self._generate_record_messages(record))
            for message in messages:
                self._tap.write_message(message)
        except TapError:
            raise
        except Exception as error:  # an expression of the user's may raise anything
            raise UserError(STREAM_MAP_FAILED, stream=self.name, error=_said(error)) from error
        self.records_left_out += not messages

    def get_batch_config(self, config: Mapping[str, object]) -> BatchConfig | None:
        """Give how BATCH files are written, None for RECORD messages; raises UserError."""
        try:
            return super().get_batch_config(config)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise UserError(BATCH_CONFIG_WRONG, error=error) from error

    def write_batch(self, encoding: BatchEncoding, url: str) -> None:
        """Write the BATCH message of a file."""
        self._write_batch_message(encoding, [url])
        self.batch_counter.increment()

    def write_state(self) -> None:
        """Write a STATE message, unless the last one said the same."""
        self._tap.state_writer.write_state(self.tap_state)

    def get_records(self, context: object) -> tuple[()]:  # noqa: ARG002 -- the SDK's
        """Give nothing: `sync_records` reads the stream."""
        return ()

    def get_replication_key_signpost(self, context: object = None) -> None:
        """Give none: the SDK's is this machine's clock."""

    def finalize_state_progress_markers(self, state: object = None) -> None:  # noqa: ARG002 -- the SDK's
        """Write the state as it is: the SDK's markers are not used."""
        if self.selected:
            self.write_state()

    def get_record_counter(
        self, *, endpoint: str | None = None, log_interval: float = PROGRESS_SECONDS
    ) -> metrics.Counter:
        """Count records, and log the count often enough to be watched."""
        return super().get_record_counter(endpoint=endpoint, log_interval=log_interval)

    def get_call_counter(self) -> metrics.Counter:
        """Count API calls, and log the count as often as that of records."""
        return metrics.http_request_counter(self.name, "", log_interval=PROGRESS_SECONDS)

    def _sync_records(
        self,
        context: object = None,  # noqa: ARG002 -- the SDK's
        *,
        write_messages: bool = True,  # noqa: ARG002 -- as context
    ) -> Generator[dict[str, Any], Any, Any]:
        try:
            with (
                self.get_record_counter() as self.record_counter,
                self.get_call_counter() as self.call_counter,
                self.get_sync_timer(),
            ):
                self.sync_records()
        except TapError as error:
            self.on_failure(error)
        yield from ()

    def _sync_batches(self, batch_config: BatchConfig, context: object = None) -> None:  # noqa: ARG002 -- the SDK's
        try:
            with (
                self.get_record_counter() as self.record_counter,
                self.get_batch_counter() as self.batch_counter,
                self.get_call_counter() as self.call_counter,
                self.get_sync_timer(),
            ):
                self.sync_batches(batch_config)
        except TapError as error:
            self.on_failure(error)

    def _write_schema_message(self) -> None:
        self.write_schema()

    def _write_state_message(self) -> None:
        self.write_state()
