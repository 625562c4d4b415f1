-- What: lets the next promotion count the live rows of the result anew. Grain: one row per table.
-- Reads: the live rows' counts.
delete from taskwho.live_rows
where table_schema = %(schema)s and table_name = %(name)s
