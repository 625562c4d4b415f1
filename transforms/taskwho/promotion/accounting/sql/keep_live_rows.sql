-- What: how many live rows a promotion left in the result. Grain: one row per table.
-- Reads and writes: the live rows' counts.
insert into taskwho.live_rows (table_schema, table_name, row_count, counted_at)
values (%(schema)s, %(name)s, %(rows)s, %(counted_at)s)
on conflict (table_schema, table_name) do update
    set
        row_count = excluded.row_count,
        counted_at = excluded.counted_at
