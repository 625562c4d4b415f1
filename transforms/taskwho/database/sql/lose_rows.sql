-- What: a table that lost its rows, noted until a report says so; its live rows are counted anew.
-- Grain: one row per stream. Reads and writes: the result tables' counts, the live rows' counts.
with lost as (
    update taskwho.result_tables
    set
        lost_rows = row_count,
        lost_at = now(),
        row_count = 0
    where stream = %(stream)s
    returning table_schema, table_name
)

delete from taskwho.live_rows as kept
using lost
where
    kept.table_schema = lost.table_schema
    and kept.table_name = lost.table_name
