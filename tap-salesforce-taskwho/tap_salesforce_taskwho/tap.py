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

from tap_salesforce_taskwho.config.catalogs import Keys, catalog_of
from tap_salesforce_taskwho.config.json_files import read_object, state_of
from tap_salesforce_taskwho.config.reading import normalized, read_settings
from tap_salesforce_taskwho.config.settings import SETTINGS
from tap_salesforce_taskwho.errors import ExitCode, UserError
from tap_salesforce_taskwho.errors.command import CONFIG_UNREADABLE
from tap_salesforce_taskwho.output.batch_files import FORMATS
from tap_salesforce_taskwho.output.singer_internals import SingerTap
from tap_salesforce_taskwho.output.writer import PageWriter, loader_reads
from tap_salesforce_taskwho.salesforce.client import SalesforceClient
from tap_salesforce_taskwho.streams.bookmark import REPLICATION_KEY
from tap_salesforce_taskwho.streams.deletes import TaskRelationDeletes
from tap_salesforce_taskwho.streams.failures import Failures
from tap_salesforce_taskwho.streams.journal import SyncBatches
from tap_salesforce_taskwho.streams.object_stream import ObjectStream
from tap_salesforce_taskwho.streams.objects import OBJECTS
from tap_salesforce_taskwho.streams.org_stream import KEY
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
ORDER = (
    *(declared.stream for declared in OBJECTS),
    TaskRelationDeletes.name,
    SyncBatches.name,
)
KEYS = {
    **{each.stream: Keys((KEY,), REPLICATION_KEY, each.is_selected) for each in OBJECTS},
    TaskRelationDeletes.name: Keys((KEY,), TaskRelationDeletes.replication_key),
    SyncBatches.name: Keys(SyncBatches.primary_keys, None),
}
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
    def failures(self) -> Failures:
        """The streams that failed."""
        return Failures(self.logger)

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

    @property
    def streams(self) -> dict[str, Stream]:
        """The streams in the order in which they are read: relations, parents, deletes."""
        found = super().streams
        return {name: found[name] for name in ORDER}

    def run_discovery(self) -> str:
        """Write the catalog."""
        with loader_reads():
            return super().run_discovery()

    def load_state(self, state: dict[str, Any]) -> None:
        """Take over the whole state, other keys than bookmarks too; raises UserError."""
        cast("dict[str, Any]", self.state).update(copy.deepcopy(state_of(state, ORDER)))

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
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise UserError(CONFIG_UNREADABLE, error=error) from error

    @classmethod
    def cb_test(cls, ctx: click.Context, param: click.Option, value: str) -> None:  # noqa: ARG003 -- the SDK's
        """Try the selected streams, or write all schemas, and end the command."""
        if value == CliTestOptionValue.Disabled.value:
            return
        config = ctx.params["config"]
        catalog, state = ctx.params.get("catalog"), ctx.params.get("state")
        tap = cls(
            config=config.config,
            parse_env_config=config.parse_env,
            catalog=catalog and json.load(catalog),
            state=state and json.load(state),
        )
        if value == CliTestOptionValue.Schema.value:
            for stream in tap.streams.values():
                stream.selected = True
                cast("SingerStream", stream).announce()
        else:
            tap.run_sync_dry_run(streams=[s for s in tap.streams.values() if s.selected])
            tap.failures.raise_worst()
        ctx.exit()

    @classmethod
    def get_singer_command(cls) -> click.Command:
        """Give the SDK's command, with files that are checked before they are used."""
        command = super().get_singer_command()
        for option in command.params:
            if option.name in {"state", "catalog"}:
                option.callback = _json_object
                option.is_eager = True  # read before --test, which needs them
        return command


def _json_object(
    _context: click.Context, option: click.Parameter, file: IO[str] | None
) -> IO[str] | None:
    """Give a file that holds a JSON object; an empty one counts as none."""
    if file is None:
        return None
    with file:
        found = read_object(file, str(option.name))
    if found and option.name == "catalog":
        found = catalog_of(found, KEYS)
    return None if found is None else io.StringIO(json.dumps(found))
