-- What: a table that lost its rows, noted until a report says so. Grain: one row per stream.
-- Reads and writes: the result tables' counts.
update taskwho.result_tables
set
    lost_rows = row_count,
    lost_at = now(),
    row_count = 0
where stream = %(stream)s
