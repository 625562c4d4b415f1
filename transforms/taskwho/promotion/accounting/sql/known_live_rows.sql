-- What: how many live rows the result had after the last promotion, and when they were counted.
-- Grain: one row, none where they never were. Reads: the live rows' counts.
select
    row_count,
    counted_at
from taskwho.live_rows
where table_schema = %(schema)s and table_name = %(name)s
