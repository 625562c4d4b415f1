-- What: how many rows a promotion left in a table. Grain: one row per stream.
-- Reads and writes: the result tables' counts.
insert into taskwho.result_tables (stream, table_schema, table_name, row_count)
values (%(stream)s, %(table_schema)s, %(table_name)s, %(row_count)s)
on conflict (stream) do update
    set
        table_schema = excluded.table_schema,
        table_name = excluded.table_name,
        row_count = excluded.row_count
