-- What: the tables in which promotions left rows. Grain: one row per stream.
-- Reads: the result tables' counts.
select
    stream,
    table_schema,
    table_name,
    row_count
from taskwho.result_tables
where row_count > 0
order by stream
