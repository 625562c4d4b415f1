-- What: the records to judge, every value cast strictly; what does not fit is named.
-- Grain: one row per key. Reads: those records.
-- A view and no table: the work is done where it is read, by several processes if need be.
create temporary view {cast} as
select
    record_at,
    key,
    is_retried,
    {columns},
    case when {lacks_value} then {nulls} end as nulls,
    case when {lacks_fit} then {invalid} end as invalid
from (
    select
        record_at,
        key,
        is_retried,
        {sources},
        {shared},
        pg_temp.once() as is_shared_once
    from (
        select
            attempted.*,
            {conversions},
            pg_temp.once() as is_converted_once
        from (
            select
                landed.*{attempts},
                pg_temp.once() as is_attempted_once
            from {landed} as landed
        ) as attempted
    ) as converted
) as shared;
