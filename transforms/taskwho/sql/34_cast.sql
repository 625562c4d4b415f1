-- What: the rows taken in, every value cast once and strictly; what does not fit is named.
-- Grain: one row per row taken in. Reads: those rows.
-- `offset 0` keeps the planner from computing a cast again wherever its result is used.
create temporary table {cast} on commit drop as
with attempted as (
    select
        landed.ctid as record_at,
        landed.*{attempts}
    from {landed} as landed
    offset 0
),

converted as (
    select
        attempted.*,
        {conversions}
    from attempted
    offset 0
)

select
    record_at,
    key,
    is_retried,
    landed_seq,
    {columns},
    {nulls} as nulls,
    {invalid} as invalid
from converted;
