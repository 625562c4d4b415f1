-- What: the tables that lost their rows and that no report has told of; told of now.
-- Grain: one row per stream. Reads and writes: the result tables' counts.
with lost as (
    select
        stream,
        table_schema,
        table_name,
        lost_rows,
        lost_at
    from taskwho.result_tables
    where lost_at is not null
    for update
),

cleared as (
    update taskwho.result_tables as result
    set lost_rows = null, lost_at = null
    from lost
    where lost.stream = result.stream
)

select
    stream,
    table_schema,
    table_name,
    lost_rows,
    lost_at
from lost
order by stream
