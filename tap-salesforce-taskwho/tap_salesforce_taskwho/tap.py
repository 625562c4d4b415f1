"""The tap: its settings and its streams, as Singer's SDK wants them."""

from __future__ import annotations

import copy
import io
import json
import os
import uuid
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, ClassVar, cast

from singer_sdk.helpers.capabilities import PluginCapabilities, TapCapabilities
from singer_sdk.tap_base import CliTestOptionValue

from tap_salesforce_taskwho.config.reading import normalized, read_settings
from tap_salesforce_taskwho.config.settings import SETTINGS
from tap_salesforce_taskwho.errors import ExitCode, UserError
from tap_salesforce_taskwho.errors.command import (
    CONFIG_UNREADABLE,
    FILE_NOT_AN_OBJECT,
    FILE_NOT_JSON,
)
from tap_salesforce_taskwho.errors.state import STATE_NOT_OF_THIS_TAP
from tap_salesforce_taskwho.output.batch_files import FORMATS
from tap_salesforce_taskwho.output.singer_internals import SingerTap
from tap_salesforce_taskwho.output.writer import PageWriter
from tap_salesforce_taskwho.salesforce.client import SalesforceClient
from tap_salesforce_taskwho.streams.deletes import TaskRelationDeletes
from tap_salesforce_taskwho.streams.journal import SyncBatches
from tap_salesforce_taskwho.streams.object_stream import ObjectStream
from tap_salesforce_taskwho.streams.objects import OBJECTS
from tap_salesforce_taskwho.streams.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click
    from singer_sdk import Stream
    from singer_sdk.helpers.capabilities import CapabilitiesEnum

    from tap_salesforce_taskwho.config.settings import Settings
    from tap_salesforce_taskwho.output.singer_internals import SingerStream
    from tap_salesforce_taskwho.streams.run import Run

NAME = "tap-salesforce-taskwho"
CONFIG_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {setting.name: setting.json_schema() for setting in SETTINGS},
}


class TapSalesforceTaskWho(SingerTap):
    """Singer tap for Salesforce TaskWhoRelation: who took part in which task."""

    name = NAME
    # a copy: the SDK adds its own settings to it
    config_jsonschema: ClassVar[dict[str, Any]] = copy.deepcopy(CONFIG_SCHEMA)
    message_writer_class = PageWriter
    capabilities: ClassVar[list[CapabilitiesEnum]] = [
        TapCapabilities.CATALOG,
        TapCapabilities.STATE,
        TapCapabilities.DISCOVER,
        PluginCapabilities.ABOUT,
        PluginCapabilities.BATCH,
        PluginCapabilities.STREAM_MAPS,
        PluginCapabilities.FLATTENING,
        PluginCapabilities.STRUCTURED_LOGGING,
    ]

    # the run, as the streams see it

    @cached_property
    def settings(self) -> Settings:
        """The checked settings; raises UserError."""
        return read_settings(self.config)

    @cached_property
    def client(self) -> SalesforceClient:
        """The client that all streams share; it logs in when it is first used."""
        self.listen_for_signals()
        return SalesforceClient(
            self.settings, logger=self.logger, should_stop=lambda: self.stop.is_asked
        )

    @cached_property
    def run_id(self) -> str:
        """The run's name in the journal: Meltano's, or one of the tap's own."""
        return os.environ.get("MELTANO_RUN_ID") or str(uuid.uuid4())

    @cached_property
    def stop(self) -> Stop:
        """The stop that a signal asks for."""
        return Stop()

    @property
    def writer(self) -> PageWriter:
        """The writer of Singer messages."""
        return cast("PageWriter", self.message_writer)

    @property
    def journal(self) -> SyncBatches:
        """The journal's stream."""
        return cast("SyncBatches", self.streams[SyncBatches.name])

    # what the SDK asks

    def discover_streams(self) -> Sequence[Stream]:
        """Give all streams; they are declared, so that neither network nor login is needed."""
        run: Run = self
        objects = (ObjectStream(self, run, declared) for declared in OBJECTS)
        return [*objects, TaskRelationDeletes(self, run), SyncBatches(self, run)]

    def load_state(self, state: dict[str, Any]) -> None:
        """Take over the whole state, other keys than bookmarks too; raises UserError."""
        state = _unwrapped(state)
        bookmarks = state.get("bookmarks")
        if bookmarks is not None and not (
            isinstance(bookmarks, dict) and all(isinstance(b, dict) for b in bookmarks.values())
        ):
            raise UserError(STATE_NOT_OF_THIS_TAP)
        cast("dict[str, Any]", self.state).update(copy.deepcopy(state))

    def checked_config(self, config: dict[str, Any], *, is_complete: bool) -> dict[str, Any]:
        """Give the config without empty values; raises UserError for one that cannot be used."""
        # a variable that .env names without a value is not set
        given = {name: value for name, value in config.items() if value != ""}
        return given | normalized(read_settings(given)) if is_complete else given

    def on_signal(self) -> None:
        """Stop between two pages; a second signal ends the process at once."""
        if self.stop.is_asked:
            os._exit(ExitCode.STOPPED)
        self.stop.ask()

    @classmethod
    def append_builtin_config(cls, config_jsonschema: dict[str, Any]) -> None:
        """Add the SDK's own settings, with the formats of BATCH files that this tap writes."""
        super().append_builtin_config(config_jsonschema)
        properties = config_jsonschema["properties"]
        # a copy: the SDK's own is every tap's
        properties["batch_config"] = config = copy.deepcopy(properties["batch_config"])
        config["properties"]["encoding"]["properties"]["format"]["enum"] = list(FORMATS)

    @classmethod
    def cb_config(cls, ctx: click.Context, param: click.Option, value: tuple[str, ...]) -> Any:  # noqa: ANN401 -- the SDK's type is private
        """Read the config files."""
        try:
            return super().cb_config(ctx, param, value)
        except (OSError, ValueError, TypeError) as error:
            raise UserError(CONFIG_UNREADABLE, error=error) from error

    @classmethod
    def cb_test(cls, ctx: click.Context, param: click.Option, value: str) -> None:  # noqa: ARG003 -- the SDK's
        """Try the selected streams, or write all schemas, and end the command."""
        if value == CliTestOptionValue.Disabled.value:
            return
        config, catalog = ctx.params["config"], ctx.params.get("catalog")
        tap = cls(
            config=config.config,
            parse_env_config=config.parse_env,
            catalog=catalog and json.load(catalog),
        )
        if value == CliTestOptionValue.Schema.value:
            for stream in tap.streams.values():
                stream.selected = True
                cast("SingerStream", stream).announce()
        else:
            tap.run_sync_dry_run(streams=[s for s in tap.streams.values() if s.selected])
        ctx.exit()

    @classmethod
    def get_singer_command(cls) -> click.Command:
        """Give the SDK's command, with files that are checked before they are used."""
        command = super().get_singer_command()
        for option in command.params:
            if option.name in {"state", "catalog"}:
                option.callback = _json_object
                option.is_eager = True  # read before --test, which needs the catalog
        return command


def _unwrapped(state: dict[str, Any]) -> dict[str, Any]:
    """Give the state itself, out of a STATE message or of what `meltano state get` prints."""
    for key in ("value", "singer_state"):
        if key in state and "bookmarks" not in state:
            state = state[key] if state[key] is not None else {}
            if not isinstance(state, dict):
                raise UserError(STATE_NOT_OF_THIS_TAP)
    return {key: value for key, value in state.items() if value is not None}


def _json_object(
    _context: click.Context, option: click.Parameter, file: IO[str] | None
) -> IO[str] | None:
    """Give a file that holds a JSON object; an empty one counts as none."""
    if file is None:
        return None
    with file:
        text = file.read()
    if not text.strip():
        return None
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UserError(FILE_NOT_JSON, option=option.name, error=error) from error
    if not isinstance(found, dict):
        raise UserError(FILE_NOT_AN_OBJECT, option=option.name)
    return io.StringIO(text)
