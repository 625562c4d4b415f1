"""The base of every object stream: windows, pages, journal and state, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from singer_sdk import typing as th
from singer_sdk.mapper import SameRecordTransform
from singer_sdk.streams import RESTStream

from tap_salesforce_taskwho.output.batch_files import BatchFiles
from tap_salesforce_taskwho.pagination import window
from tap_salesforce_taskwho.salesforce.records import Shape, as_dict
from tap_salesforce_taskwho.streams.org_stream import KEY, OrgStream
from tap_salesforce_taskwho.streams.state import REPLICATION_KEY
from tap_salesforce_taskwho.streams.window_sync import WindowReader

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    import requests
    from singer_sdk.helpers._batch import BaseBatchFileEncoding, BatchConfig
    from singer_sdk.helpers.types import Context

    from tap_salesforce_taskwho.pagination.pages import Fetched
    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.salesforce.client import Endpoint
    from tap_salesforce_taskwho.tap import TapSalesforceTaskWho

TEXT = th.StringType
BOOLEAN = th.BooleanType
DATE = th.DateType
DATETIME = th.DateTimeType


class SalesforceStream(OrgStream, RESTStream[str]):
    """One Salesforce object, read window by window; subclasses declare object and fields."""

    sobject: ClassVar[str]
    fields: ClassVar[dict[str, type[th.JSONTypeHelper[Any]]]]
    always_query_all: ClassVar[bool] = False
    obeys_limit: ClassVar[bool] = False

    replication_key = REPLICATION_KEY
    allow_redirects = False

    def __init__(self, tap: TapSalesforceTaskWho) -> None:
        # Salesforce's own word on what can be null is not to be trusted (singer-io/tap-salesforce)
        schema = th.PropertiesList(
            *(th.Property(name, kind, required=name == KEY) for name, kind in self.fields.items())
        ).to_dict()
        super().__init__(tap, schema=schema, path=f"/{self.sobject}")
        self._endpoint: Endpoint | None = None

    # what the SDK asks of a REST stream; the client's guarded session is the only way out

    @property
    def url_base(self) -> str:
        """The org's own address."""
        return self._tap.client.instance_url

    @property
    def requests_session(self) -> requests.Session:
        """The guarded session."""
        return self._tap.client.session

    # how a run reads

    @property
    def limit(self) -> int | None:
        """How many rows this run reads at most."""
        return self._tap.settings.limit if self.obeys_limit else None

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint that shows what the settings ask for, or the one the org allows."""
        if self._endpoint is None:
            deleted = self.always_query_all or self._tap.settings.include_deleted
            self._endpoint = "queryAll" if deleted else "query"
        return self._endpoint

    def do_without_deleted(self) -> None:
        """Read through query from here on, where the org refuses queryAll for this object."""
        self._endpoint = "query"
        self.logger.warning(
            "The org refuses queryAll for %s: soft-deleted and archived rows are not read in this "
            "run. Set include_deleted to false to say that this is meant.",
            self.sobject,
        )

    @property
    def selected_fields(self) -> list[str]:
        """The fields that the catalog asks for, always with Id and SystemModstamp."""
        return [
            name
            for name in self.fields
            if name in {KEY, REPLICATION_KEY} or self.mask[("properties", name)]
        ]

    @property
    def shape(self) -> Shape:
        """What the records of this run look like; datetimes get an offset of RFC 3339.

        CSV is for PostgreSQL's COPY, which takes Salesforce's own.
        """
        kinds = {name: self.fields[name] for name in self.selected_fields}
        return Shape(
            {name: bool if kind is BOOLEAN else str for name, kind in kinds.items()},
            [name for name, kind in kinds.items() if kind is DATETIME and not self._goes_as_csv],
        )

    def pages(self) -> Iterator[Fetched]:
        """Give every page. Asking for the next one says that its records have been written."""
        for found in self._windows():
            yield from WindowReader(self, found).pages()

    def _windows(self) -> Iterator[Window]:
        client, bookmark = self._tap.client, self.state_manager.read()
        now = self.server_now()
        bookmark.check_org(self.name, client.org_id)
        if self.mode == "incremental" and not self.keeps_state:
            bookmark.check_clock(self.name, now)
            if bookmark.window is not None:
                self.logger.info("Going on with the window that an earlier run left open.")
                yield bookmark.window
                bookmark, now = self.state_manager.read(), self.server_now()
        found = window.fresh(self._tap.settings, self.mode, bookmark=bookmark.value, server_now=now)
        if found is None:
            self.logger.info("The window is empty: nothing to read, and the state stays as it is.")
        else:
            yield found

    # how records go out: pages at once where nothing is to be done to a record, else one by one

    def get_records(self, context: Context | None) -> Iterator[dict[str, Any]]:  # noqa: ARG002 -- the SDK's
        """Give record after record, for stream maps and for the SDK's dry run."""
        for fetched in self.pages():
            yield from map(as_dict, fetched.records)

    def _sync_records(
        self, context: Context | None = None, *, write_messages: bool = True
    ) -> Generator[dict[str, Any], Any, Any]:
        if not (write_messages and self._goes_out_as_it_is):
            yield from super()._sync_records(context, write_messages=write_messages)
            return
        with self.get_record_counter() as counter, self.get_sync_timer():
            for fetched in self.pages():
                self._tap.writer.write_records(self.name, fetched.records)
                counter.increment(len(fetched.records))

    def get_batch_config(self, config: Mapping[str, Any]) -> BatchConfig | None:
        """Write BATCH files where the config asks for them and no record is to be changed."""
        return super().get_batch_config(config) if self._goes_out_as_it_is else None

    def get_batches(
        self,
        batch_config: BatchConfig,
        context: Context | None = None,  # noqa: ARG002 -- the SDK's
    ) -> Iterator[tuple[BaseBatchFileEncoding, list[str]]]:
        """Write a file a page: the state moves when the page's BATCH message has been written."""
        with (
            BatchFiles(batch_config, self.name) as files,
            self.get_record_counter() as counter,
            self.get_sync_timer(),
        ):
            for fetched in self.pages():
                if fetched.records:
                    encoding, url = files.write(fetched.records)
                    yield encoding, [url]
                    counter.increment(len(fetched.records))

    def _write_batch_message(self, encoding: BaseBatchFileEncoding, manifest: list[str]) -> None:
        super()._write_batch_message(encoding, manifest)
        # the SDK would write a STATE now, before the page's own
        self.state_manager.is_flushed = True

    @property
    def _goes_as_csv(self) -> bool:
        """Whether the records go into files that PostgreSQL reads."""
        batch = self.get_batch_config(self.config)
        return batch is not None and batch.encoding.format == "csv"

    @property
    def _goes_out_as_it_is(self) -> bool:
        """Whether no stream map, flattening or dry run wants to see single records.

        Deselected fields need no look either: they are not asked for in the first place.
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
