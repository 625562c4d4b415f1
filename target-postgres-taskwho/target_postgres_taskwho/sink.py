"""The stock sink, whose append-only streams are copied straight into their table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql
from singer_sdk.helpers._batch import BatchFileFormat
from singer_sdk.helpers._typing import get_datelike_property_type
from singer_sdk.singerlib.json import deserialize_json
from target_postgres.sinks import PostgresSink

from target_postgres_taskwho import batch_files
from target_postgres_taskwho.connector import TaskWhoConnector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import LiteralString

    from singer_sdk.helpers._batch import BaseBatchFileEncoding
    from sqlalchemy import Connection

    from target_postgres_taskwho.target import TargetPostgresTaskWho


CSV = "csv"
FORMATS = (BatchFileFormat.JSONL, CSV)


class TaskWhoSink(PostgresSink):  # type: ignore[misc] # published without types
    """Streams with keys are merged as ever; without keys, and with use_copy, rows go by COPY."""

    connector_class = TaskWhoConnector

    def __init__(self, target: TargetPostgresTaskWho, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- the stock sink's options
        super().__init__(target, *args, **options)
        self.run_directories = target.run_directories

    def setup(self) -> None:
        """Prepare schema and table, and what every COPY into it needs."""
        super().setup()
        self.copies = self.append_only and bool(self.config["use_copy"])
        columns = self.column_representation(self.schema)
        self._names = [str(column.name) for column in columns]
        self._types = [column.type for column in columns]
        self._known = frozenset(self._names)
        self._decoder = batch_files.RowDecoder(self._names)
        self._taken = 0
        # a record that needs no look at it: no metadata to add, nothing to check or to parse
        self._takes_as_is = (
            self.copies
            and self._validator is None
            and not self.include_sdc_metadata_properties
            and not any(map(get_datelike_property_type, self.schema["properties"].values()))
        )

    def take(self, record: dict[str, Any]) -> bool:
        """Keep a record for the next drain, if it may go as it is; tell whether it was kept."""
        if not (self._takes_as_is and record and record.keys() <= self._known):
            return False
        self._get_context(record).setdefault("records", []).append(record)
        self.tally_record_read()
        self._taken += 1
        return True

    def process_batch(self, context: dict[str, Any]) -> None:
        """Write the records that were kept, in one transaction."""
        if not self.copies:
            super().process_batch(context)
            return
        self.record_counter_metric.increment(self._taken)
        self._taken = 0
        rows = (tuple(map(record.get, self._names)) for record in context["records"])
        with self.connector.transaction() as connection:
            self._copy(connection, [(rows, self.connector.sanitize_null_text_characters)])

    def process_batch_files(self, encoding: BaseBatchFileEncoding, files: Sequence[str]) -> None:
        """Write the rows of batch files, commit, then delete the files that are on this disk."""
        local = self._local(files)
        if encoding.format not in FORMATS or len(local) < len(files):
            super().process_batch_files(encoding, files)
        elif self.copies:
            with self.connector.transaction() as connection:
                for path in local:
                    self._copy_file(connection, path, encoding)
        else:
            for path in local:
                for records in self._records_of(path, encoding):
                    super().process_batch({"records": records})
        for path in local:
            self._delete(path)

    def _copy_file(
        self, connection: Connection, path: Path, encoding: BaseBatchFileEncoding
    ) -> None:
        if encoding.format != CSV:
            self._copy(connection, self._rows_of(path, encoding.compression))
            return
        with batch_files.opened(path, encoding.compression) as file:
            csv = batch_files.CsvFile(path, file)
            if sorted(csv.columns) == sorted(self._names) and not self._binders(connection):
                self._copy_unread(connection, csv)
                return
            rows = (
                [tuple(map(record.get, self._names)) for record in records]
                for records in self._counted(csv)
            )
            self._copy(connection, ((some, False) for some in rows))

    def _copy_unread(self, connection: Connection, csv: batch_files.CsvFile) -> None:
        statement = self._statement(csv.columns, " with (format csv, null 'null', encoding 'UTF8')")
        with connection.connection.cursor().copy(statement) as copy:
            for chunk in csv.chunks():
                self.record_counter_metric.increment(chunk.count(b"\n"))
                copy.write(chunk)

    def _records_of(
        self, path: Path, encoding: BaseBatchFileEncoding
    ) -> Iterator[list[dict[str, Any]]]:
        if encoding.format != CSV:
            for block in self._blocks_of(path, encoding.compression):
                yield [deserialize_json(line) for line in block.split(b"\n")]
            return
        with batch_files.opened(path, encoding.compression) as file:
            yield from self._counted(batch_files.CsvFile(path, file))

    def _counted(self, csv: batch_files.CsvFile) -> Iterator[list[dict[str, Any]]]:
        for records in csv.records():
            self.record_counter_metric.increment(len(records))
            yield records

    def _local(self, files: Sequence[str]) -> list[Path]:
        if self.batch_config:
            return []
        paths = [path for path in map(batch_files.local_path, files) if path is not None]
        for path in paths:
            self.run_directories.hold(path.parent)
        return paths

    def _blocks_of(self, path: Path, compression: str | None) -> Iterator[bytes]:
        with batch_files.opened(path, compression) as file:
            for block in batch_files.blocks(batch_files.chunks(file)):
                self.record_counter_metric.increment(block.count(b"\n") + 1)
                yield block

    def _rows_of(
        self, path: Path, compression: str | None
    ) -> Iterator[tuple[Iterable[tuple[Any, ...]], bool]]:
        sanitizes = self.connector.sanitize_null_text_characters
        for block in self._blocks_of(path, compression):
            yield self._decoder.rows(block), sanitizes and b"\\u0000" in block

    def _copy(
        self,
        connection: Connection,
        blocks: Iterable[tuple[Iterable[tuple[Any, ...]], bool]],
    ) -> None:
        statement = self._statement(self._names)
        binders = self._binders(connection)
        with connection.connection.cursor().copy(statement) as copy:
            for rows, sanitizes in blocks:
                for row in rows:
                    copy.write_row(self._bound(row, binders, sanitizes=sanitizes))

    def _statement(self, columns: Sequence[str], how: LiteralString = "") -> sql.Composed:
        # Straight into the table, so that columns which are not the stream's get their defaults.
        table = sql.Identifier(*filter(None, (self.schema_name, self.table_name)))
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        return sql.SQL("copy {} ({}) from stdin").format(table, names) + sql.SQL(how)

    def _binders(self, connection: Connection) -> list[Any]:
        binders = [kind.bind_processor(connection.dialect) for kind in self._types]
        return binders if any(binders) else []

    def _bound(self, row: tuple[Any, ...], binders: list[Any], *, sanitizes: bool) -> Sequence[Any]:
        if sanitizes and any(map(_may_hold_null, row)):
            row = tuple(map(self.sanitize_null_text_characters, row))
        if not binders:
            return row
        return [
            value if bind is None else bind(value) for value, bind in zip(row, binders, strict=True)
        ]

    def _delete(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self.logger.warning("Batch file %s is loaded but could not be deleted: %s", path, error)


def _may_hold_null(value: object) -> bool:
    return "\0" in value if isinstance(value, str) else isinstance(value, dict | list)
