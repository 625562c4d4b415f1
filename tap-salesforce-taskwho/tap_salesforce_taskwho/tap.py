"""The tap: its settings, its streams, and how it ends."""

from __future__ import annotations

import copy
import gc
import io
import json
import os
import sys
import uuid
from contextlib import contextmanager
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, ClassVar, cast

import click
from singer_sdk import Tap
from singer_sdk.configuration._dict_config import parse_environment_config
from singer_sdk.helpers._classproperty import classproperty
from singer_sdk.helpers.capabilities import PluginCapabilities, TapCapabilities

from tap_salesforce_taskwho.config.settings import CONFIG_SCHEMA, Settings
from tap_salesforce_taskwho.errors import Stopped, TapError, UserError
from tap_salesforce_taskwho.output.batch_files import FORMATS
from tap_salesforce_taskwho.output.memory import keep_memory
from tap_salesforce_taskwho.output.writer import PageWriter
from tap_salesforce_taskwho.salesforce.client import SalesforceClient
from tap_salesforce_taskwho.streams.deletes import TaskRelationDeletes
from tap_salesforce_taskwho.streams.journal import SyncBatches
from tap_salesforce_taskwho.streams.objects import OBJECT_STREAMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from singer_sdk import Stream
    from singer_sdk.helpers.capabilities import CapabilitiesEnum

NAME = "tap-salesforce-taskwho"
_LONGEST_LAST_LINE = 2_000


class TapSalesforceTaskWho(Tap):
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

    _stop_asked = False
    _waits = False

    @cached_property
    def settings(self) -> Settings:
        """The checked settings; raises UserError."""
        return Settings.from_config(self.config)

    @cached_property
    def client(self) -> SalesforceClient:
        """The one client that every stream shares; logs in when it is first used."""
        super()._setup_signal_handlers()
        return SalesforceClient(
            self.settings, logger=self.logger, should_stop=lambda: self._stop_asked
        )

    @cached_property
    def run_id(self) -> str:
        """The run that the journal names: Meltano's, or one of the tap's own."""
        return os.environ.get("MELTANO_RUN_ID") or str(uuid.uuid4())

    @property
    def writer(self) -> PageWriter:
        """The writer of messages."""
        return cast("PageWriter", self.message_writer)

    @property
    def journal(self) -> SyncBatches:
        """The journal's stream."""
        return cast("SyncBatches", self.streams[SyncBatches.name])

    def discover_streams(self) -> Sequence[Stream]:
        """Give all streams; they are declared, so that neither network nor login is needed."""
        objects = (stream(self) for stream in OBJECT_STREAMS)
        return [*objects, TaskRelationDeletes(self), SyncBatches(self)]

    def load_state(self, state: dict[str, Any]) -> None:
        """Take the whole state over, other keys than bookmarks too; raises UserError."""
        bookmarks = state.get("bookmarks")
        if bookmarks is not None and not (
            isinstance(bookmarks, dict) and all(isinstance(b, dict) for b in bookmarks.values())
        ):
            raise UserError(
                "The state's bookmarks are no object of objects, so this is no state of this tap. "
                "Give --state the value of the last STATE message, or none to start over."
            )
        cast("dict[str, Any]", self._state).update(copy.deepcopy(state))

    def check_may_go_on(self) -> None:
        """Raise Stopped or QuotaReached where no further page may be asked for."""
        self.check_not_stopped()
        self.client.check_quota()

    def check_not_stopped(self) -> None:
        """Raise Stopped where somebody asked for it."""
        if self._stop_asked:
            raise Stopped(
                "Stopped between two pages, as asked. Everything read so far is in the state: "
                "the next run goes on from there."
            )

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let a stop cut short what is done meanwhile: a request in flight is not waited for."""
        self.check_not_stopped()
        self._waits = True
        try:
            yield
        finally:
            self._waits = False

    def _setup_signal_handlers(self) -> None:
        """Leave signals alone until something is read: discovery has no state to save."""

    def _handle_termination(
        self,
        signum: int,  # noqa: ARG002 -- both signals mean the same
        frame: FrameType | None,  # noqa: ARG002 -- the signal module's
    ) -> None:
        """Stop between two pages; a second signal ends the process at once."""
        if self._stop_asked:
            os._exit(Stopped.exit_code)
        self._stop_asked = True
        if self._waits:
            self.check_not_stopped()

    def _validate_config(self, *, raise_errors: bool = True) -> list[str]:
        # a variable that .env names without a value is not set
        self._config = {name: value for name, value in self._config.items() if value != ""}
        if raise_errors:
            settings = Settings.from_config(self._config)
            self._config.update(settings.plain())
        errors = super()._validate_config(raise_errors=False)
        if raise_errors and errors:
            raise UserError(
                f"The config cannot be used: {errors[0]}. Correct it; `{NAME} --about` lists all "
                "settings."
            )
        unknown = sorted(self._config.keys() - self.config_jsonschema["properties"].keys())
        if unknown:
            self.logger.warning("Settings that this tap does not know: %s.", ", ".join(unknown))
        return errors

    @classmethod
    def append_builtin_config(cls, config_jsonschema: dict[str, Any]) -> None:
        """Add the SDK's own settings, with every format of BATCH files that there is here."""
        super().append_builtin_config(config_jsonschema)
        properties = config_jsonschema["properties"]
        # a copy: the SDK's own is every tap's
        properties["batch_config"] = config = copy.deepcopy(properties["batch_config"])
        config["properties"]["encoding"]["properties"]["format"]["enum"] = list(FORMATS)

    @classproperty
    def _env_var_config(cls) -> dict[str, Any]:  # noqa: N805 -- a property of the class
        """Read environment variables as they are written: Settings says better what is wrong."""
        schema = copy.deepcopy(cls.config_jsonschema)
        cls.append_builtin_config(schema)
        for name in CONFIG_SCHEMA["properties"]:
            schema["properties"][name] = {"type": ["string", "null"]}
        try:
            return parse_environment_config(schema, cls._env_var_prefix)
        except ValueError as error:
            raise UserError(
                f"An environment variable of the tap cannot be read: {error}. Correct it; "
                f"`{NAME} --about` lists all settings."
            ) from error

    @classmethod
    def cb_config(cls, ctx: click.Context, param: click.Option, value: tuple[str, ...]) -> Any:  # noqa: ANN401 -- the SDK's type is private
        """Read the config files."""
        try:
            return super().cb_config(ctx, param, value)
        except (OSError, ValueError, TypeError) as error:
            raise UserError(
                f"The config cannot be read: {error}. Give --config the path of a JSON file that "
                "holds an object, or ENV."
            ) from error

    @classmethod
    def get_singer_command(cls) -> click.Command:
        """Give the SDK's command, with files that are checked before they are used."""
        command = super().get_singer_command()
        for option in command.params:
            if option.name in {"state", "catalog"}:
                option.callback = _json_object
        return command


def _json_object(
    _context: click.Context, option: click.Parameter, file: IO[str] | None
) -> IO[str] | None:
    """Give a file that holds a JSON object; an empty one counts as none."""
    if file is None:
        return None
    with file:
        name, text = option.name, file.read()
    if not text.strip():
        return None
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UserError(f"The {name} is no JSON: {error}. Give --{name} a JSON file.") from error
    if not isinstance(found, dict):
        raise UserError(f"The {name} holds no JSON object. Give --{name} a JSON object's file.")
    return io.StringIO(text)


def main() -> None:
    """Run the command and end the process with its exit code."""
    keep_memory()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # what is left in the buffer has nowhere to go, and the interpreter would complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = code or TapError.exit_code
    # the interpreter's last collection would look through everything that is about to go
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command and give its exit code: 0, 1 failed, 2 config, 3 quota, 130 stopped."""
    try:
        code = TapSalesforceTaskWho.cli.main(
            args=list(arguments), prog_name=NAME, standalone_mode=False
        )
    except TapError as error:
        return _ended(str(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _ended("Stopped before anything was read.", Stopped.exit_code)
    except click.ClickException as error:
        return _ended(f"{error.format_message()} `{NAME} --help` tells more.", UserError.exit_code)
    except Exception as error:  # noqa: BLE001 -- the last line is for people, whatever happened
        TapSalesforceTaskWho.logger.debug("Where it happened", exc_info=True)
        return _ended(
            f"The tap failed in a way that nobody foresaw ({type(error).__name__}). The state is "
            f"kept. Run again with TAP_SALESFORCE_TASKWHO_LOGLEVEL=DEBUG to see where, and report "
            "it.",
            TapError.exit_code,
        )
    return code if isinstance(code, int) else 0


def _ended(message: str, exit_code: int) -> int:
    """Say why, on one line that a terminal can show whatever a setting or a state has put in it."""
    shown = "".join(
        char if char.isprintable() else ascii(char)[1:-1] for char in " ".join(message.split())
    )
    if len(shown) > _LONGEST_LAST_LINE:
        half = _LONGEST_LAST_LINE // 2
        shown = f"{shown[:half]} … {shown[-half:]}"
    TapSalesforceTaskWho.logger.error("%s", shown)
    return exit_code
