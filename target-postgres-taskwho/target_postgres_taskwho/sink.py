"""The stock sink; streams without keys are copied straight into their table."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.errors import DuplicateColumn, DuplicateSchema, DuplicateTable, UniqueViolation
from sqlalchemy.exc import DBAPIError

from target_postgres_taskwho.batch_files import CsvFile, JsonlFile, local_paths, opened
from target_postgres_taskwho.connector import TaskWhoConnector
from target_postgres_taskwho.stock import StockSink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import LiteralString

    from sqlalchemy import Connection

    from target_postgres_taskwho.stock import BaseBatchFileEncoding

    BatchFile = CsvFile | JsonlFile

# a session that made the schema, the table or a column at the same moment
MADE_BY_ANOTHER = (UniqueViolation, DuplicateSchema, DuplicateTable, DuplicateColumn)
CSV = "csv"
FORMATS = ("jsonl", CSV)


class TaskWhoSink(StockSink):  # type: ignore[misc] # published without types
    """With use_copy, a stream without keys goes by COPY; the stock sink does everything else."""

    connector_class = TaskWhoConnector

    def setup(self) -> None:
        """Prepare schema, table and COPY."""
        try:
            super().setup()
        except DBAPIError as error:
            if not isinstance(error.orig, MADE_BY_ANOTHER):
                raise
            super().setup()
        self.copies = self.append_only and bool(self.config["use_copy"])
        columns = self.column_representation(self.schema)
        self._names = [str(column.name) for column in columns]
        self._types = [column.type for column in columns]

    def process_batch(self, context: dict[str, Any]) -> None:
        """Write records in one transaction."""
        if not self.copies:
            super().process_batch(context)
            return
        records = context["records"]
        if self.connector.sanitize_null_text_characters:
            clean = self.sanitize_null_text_characters
            records = ({name: clean(value) for name, value in row.items()} for row in records)
        with self.connector.transaction() as connection:
            self._copy(connection, records)

    def process_batch_files(self, encoding: BaseBatchFileEncoding, files: Sequence[str]) -> None:
        """Write the rows of files; with COPY, in one transaction."""
        paths = local_paths(files)
        # with batch_config, the files lie in its storage
        if self.batch_config or encoding.format not in FORMATS or len(paths) < len(files):
            super().process_batch_files(encoding, files)
        elif self.copies:
            with self.connector.transaction() as connection:
                for path in paths:
                    with self._opened(path, encoding) as file:
                        self._copy_file(connection, file)
        else:
            for path in paths:
                with self._opened(path, encoding) as file:
                    for records in self._counted(file):
                        super().process_batch({"records": records})

    @contextmanager
    def _opened(self, path: Path, encoding: BaseBatchFileEncoding) -> Iterator[BatchFile]:
        replaces_null = self.connector.sanitize_null_text_characters
        with opened(path, encoding.compression) as file:
            if encoding.format == CSV:
                yield CsvFile(path, file)
            else:
                yield JsonlFile(path, file, replaces_null=replaces_null)

    def _counted(self, file: BatchFile) -> Iterator[list[dict[str, Any]]]:
        for records in file.records():
            self.record_counter_metric.increment(len(records))
            yield records

    def _copy_file(self, connection: Connection, file: BatchFile) -> None:
        is_plain = not any(self._binders(connection))
        if is_plain and isinstance(file, CsvFile) and sorted(file.columns) == sorted(self._names):
            self._copy_unread(connection, file)
        else:
            self._copy(connection, chain.from_iterable(self._counted(file)))

    def _copy_unread(self, connection: Connection, file: CsvFile) -> None:
        statement = self._statement(
            file.columns, " with (format csv, null 'null', encoding 'UTF8')"
        )
        with connection.connection.cursor().copy(statement) as copy:
            for chunk in file.chunks():
                self.record_counter_metric.increment(chunk.count(b"\n"))
                copy.write(chunk)

    def _copy(self, connection: Connection, records: Iterable[dict[str, Any]]) -> None:
        binders = self._binders(connection)
        rows = (list(map(record.get, self._names)) for record in records)
        if any(binders):
            rows = (
                [bind(value) if bind else value for bind, value in zip(binders, row, strict=True)]
                for row in rows
            )
        with connection.connection.cursor().copy(self._statement(self._names)) as copy:
            for row in rows:
                copy.write_row(row)

    def _statement(self, columns: Sequence[str], options: LiteralString = "") -> sql.Composed:
        # Straight into the table, so that columns which are not the stream's get their defaults.
        table = sql.Identifier(*filter(None, (self.schema_name, self.table_name)))
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        return sql.SQL("copy {} ({}) from stdin").format(table, names) + sql.SQL(options)

    def _binders(self, connection: Connection) -> list[Any]:
        return [kind.bind_processor(connection.dialect) for kind in self._types]
