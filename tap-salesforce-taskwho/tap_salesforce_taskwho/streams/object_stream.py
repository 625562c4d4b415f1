"""The stream of one Salesforce object: which fields and windows it reads, and how pages go out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from singer_sdk import typing as th

from tap_salesforce_taskwho.errors import HiddenField, UserError
from tap_salesforce_taskwho.errors.requests import ESSENTIAL_FIELD_HIDDEN
from tap_salesforce_taskwho.output.batch_files import BatchFiles
from tap_salesforce_taskwho.pagination.scan import Scan
from tap_salesforce_taskwho.pagination.window import fresh_window
from tap_salesforce_taskwho.salesforce.records import Shape, as_dict
from tap_salesforce_taskwho.streams.bookmark import REPLICATION_KEY
from tap_salesforce_taskwho.streams.objects import ESSENTIAL
from tap_salesforce_taskwho.streams.org_stream import KEY, OrgStream
from tap_salesforce_taskwho.streams.window_sync import WindowSync

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from singer_sdk import Tap

    from tap_salesforce_taskwho.output.singer_internals import BatchConfig
    from tap_salesforce_taskwho.pagination.page import Page
    from tap_salesforce_taskwho.pagination.window import Window
    from tap_salesforce_taskwho.salesforce.client import Endpoint
    from tap_salesforce_taskwho.streams.objects import FieldKind, SalesforceObject
    from tap_salesforce_taskwho.streams.run import Run

JSON_TYPES: dict[FieldKind, type[th.JSONTypeHelper[Any]]] = {
    "text": th.StringType,
    "boolean": th.BooleanType,
    "date": th.DateType,
    "datetime": th.DateTimeType,
}


class ObjectStream(OrgStream):
    """One Salesforce object, read window by window."""

    replication_key = REPLICATION_KEY
    endpoint: Endpoint

    def __init__(self, tap: Tap, run: Run, declared: SalesforceObject) -> None:
        # any field may be null, whatever Salesforce says (singer-io/tap-salesforce)
        schema = th.PropertiesList(
            *(
                th.Property(name, JSON_TYPES[kind], required=name == KEY)
                for name, kind in declared.fields.items()
            )
        ).to_dict()
        self.selected_by_default = declared.is_selected
        super().__init__(tap, run, schema=schema, name=declared.stream)
        self.declared = declared
        self.automatic = ESSENTIAL & declared.fields.keys()
        self._hidden: set[str] = set()
        self._announced: list[str] = []

    @property
    def is_cut(self) -> bool:
        """Whether this run reads only some of the rows, by a limit or a range of Ids."""
        return self.declared.may_be_cut and self.run.settings.is_cut

    @property
    def selected_fields(self) -> list[str]:
        """The fields that the catalog asks for and the org shows."""
        given = self.effective_schema.get("properties", {}).keys() - self._hidden
        return [
            name
            for name in self.declared.fields
            if name in given and self.mask[("properties", name)]
        ]

    @property
    def shape(self) -> Shape:
        """What the records of this run look like.

        Datetimes get an offset of RFC 3339. PostgreSQL, which reads CSV, takes Salesforce's own.
        """
        kinds = {name: self.declared.fields[name] for name in self.selected_fields}
        types = {name: bool if kind == "boolean" else str for name, kind in kinds.items()}
        datetimes = [name for name, kind in kinds.items() if kind == "datetime"]
        return Shape(types, () if self._writes_csv else datetimes)

    # which fields are read: a hidden one is known when the first page is refused

    def write_schema(self) -> None:
        """Write nothing before the first page: it shows which fields are hidden."""

    def announce(self) -> None:
        """Write the SCHEMA messages, unless the last ones had the same fields."""
        names = self.selected_fields
        if names != self._announced:
            self.keep_fields(names)
            super().announce()
            self._announced = names

    def _leave_out(self, error: HiddenField) -> Shape:
        """Read on without a hidden field; raises UserError for one that the tap cannot spare."""
        sobject, asked = self.declared.sobject, self.selected_fields
        field = next((name for name in asked if name.lower() == error.column.lower()), None)
        if field is None:
            raise error
        if field in ESSENTIAL:
            raise UserError(ESSENTIAL_FIELD_HIDDEN, field=field, sobject=sobject)
        self._hidden.add(field)
        self.logger.warning(
            "%s.%s is hidden from the user that the tap logs in as, or api_version %s does not "
            "have it. The tap leaves it out, and what is stored of it stays as it is. To read it, "
            "give that user read access to the field (Setup, the permission set or profile, Object "
            "Settings, %s, Field Permissions), then run once with mode full.",
            *(sobject, field, self.run.settings.api_version, sobject),
            extra={"hidden_field": f"{sobject}.{field}"},
        )
        return self.shape

    # how pages go out: as a whole where nothing is to be done to a record, else one by one

    def get_batch_config(self, config: Mapping[str, object]) -> BatchConfig | None:
        """Write BATCH files where the config asks for them and no record is to be changed."""
        return super().get_batch_config(config) if self.writes_records_as_they_are else None

    def sync_batches(self, config: BatchConfig) -> None:
        """Write a file and its BATCH message for every page."""
        with BatchFiles(config, self.name) as files:
            self._sync(partial(self._emit_file, files))

    def sync_records(self) -> None:
        """Write RECORD messages."""
        self._sync(self._emit_page if self.writes_records_as_they_are else self._emit_one_by_one)

    def _emit_file(self, files: BatchFiles, page: Page) -> None:
        if page.records:
            self.write_batch(*files.write(page.records))
            self.record_counter.increment(len(page.records))

    def _emit_page(self, page: Page) -> None:
        self.run.writer.write_records(self.name, page.records)
        self.record_counter.increment(len(page.records))

    def _emit_one_by_one(self, page: Page) -> None:
        for record in page.records:
            self.emit_record(as_dict(record))

    @property
    def _writes_csv(self) -> bool:
        batch = self.get_batch_config(self.config)
        return batch is not None and batch.encoding.format == "csv"

    # which windows are read

    def _sync(self, emit: Callable[[Page], None]) -> None:
        """Finish the window that an earlier run left open, then read a fresh one."""
        settings, mode = self.run.settings, self.mode
        with_deleted = self.declared.always_query_all or settings.include_deleted
        self.endpoint = "queryAll" if with_deleted else "query"
        bookmark, now = self.bookmark, self.server_now()
        bookmark.check_org(self.name, self.run.client.org_id)
        if mode == "incremental" and not self.keeps_state:
            bookmark.check_clock(self.name, now)
            if bookmark.window is not None:
                self.logger.info("The tap goes on with the window that an earlier run left open.")
                self._sync_window(bookmark.window, emit)
                bookmark, now = self.bookmark, self.server_now()
        window = fresh_window(settings, mode, bookmark=bookmark.value, server_now=now)
        if window is None:
            self.announce()
            self.logger.info("The window is empty: nothing to read, and the state stays as it is.")
            return
        if self.is_cut:
            window = window.of_ids(settings.id_from, settings.id_to)
        self._sync_window(window, emit)

    def _sync_window(self, window: Window, emit: Callable[[Page], None]) -> None:
        scan = Scan(
            client=self.run.client,
            sobject=self.declared.sobject,
            shape=self.shape,
            endpoint=self.endpoint,
            window=window,
            page_size=self.run.settings.page_size,
            limit=self.run.settings.limit if self.is_cut else None,
        )

        def announce_and_emit(page: Page) -> None:
            self.announce()
            emit(page)

        WindowSync(self, scan, emit=announce_and_emit, leave_out=self._leave_out).run()
