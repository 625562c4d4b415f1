-- What: keeps the tap's journal; a value that does not fit its type becomes null, never an error.
-- Grain: one row per page fetched. Reads: the landing table of the journal.
with landed as (
    select {columns}
    from {landing} as landed
),

numbers as (
    select
        landed.*,
        array(
            select case when value ~ '^\d{{1,18}}$' then value::bigint end
            from
                unnest(array[batch, records, attempts, duration_ms, api_used, api_max, counted])
                with ordinality as listed (value, place)
            order by place
        ) as number
    from landed
)

insert into taskwho.batches (
    promoted_by, run_id, stream, batch, mode, window_from, window_to, after_id, first_id,
    last_id, endpoint, resumed, org_id, records, attempts, duration_ms, api_used, api_max,
    fetched_at, counted, outcome, bookmark, org_time
)
select
    {run},
    run_id,
    stream,
    number[1],
    mode,
    pg_temp.strict_timestamp(window_from) at time zone 'UTC',
    pg_temp.strict_timestamp(window_to) at time zone 'UTC',
    after_id,
    first_id,
    last_id,
    endpoint,
    pg_temp.cast_boolean(resumed),
    org_id,
    number[2],
    number[3],
    number[4],
    number[5],
    number[6],
    pg_temp.strict_timestamp(fetched_at) at time zone 'UTC',
    number[7],
    outcome,
    pg_temp.strict_timestamp(bookmark) at time zone 'UTC',
    pg_temp.strict_timestamp(org_time) at time zone 'UTC'
from numbers;
