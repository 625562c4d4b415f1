-- What: how many rows of each page failed, and how many were set aside. A row that two windows have
-- read counts in a page of each.
-- Grain: one row per page with any, by its place in the journal of this run.
-- Reads: the kept rows, the journal. One sort finds the page of every row.
with pages as (
    select
        row_number() over (order by batch_id) as place,
        stream,
        first_id collate "C" as first_id,
        last_id collate "C" as last_id,
        dense_rank() over (order by stream, run_id, window_from, window_to) as reading
    from taskwho.batches
    where promoted_by = {run}
),

pages_of_stream as (
    select
        place,
        first_id,
        last_id,
        reading
    from pages
    where stream = {stream} and first_id is not null
),

sorted as (
    select
        reading,
        first_id as id,
        place,
        last_id,
        null::text as outcome
    from pages_of_stream
    union all
    select
        readings.reading,
        classified.key collate "C" as id,
        null as place,
        null as last_id,
        classified.outcome
    from {kept} as classified
    cross join (select distinct reading from pages_of_stream) as readings
    where
        not classified.is_retried
        and classified.outcome in ('failed', 'suppressed', 'set_aside')
),

placed as (
    select
        id,
        outcome,
        max(place) over so_far as place,
        max(last_id) over so_far as last_id
    from sorted
    window so_far as (partition by reading order by id, place rows unbounded preceding)
)

select
    place,
    count(*) filter (where outcome <> 'set_aside') as failed,
    count(*) filter (where outcome = 'set_aside') as set_aside
from placed
where outcome is not null and id <= last_id
group by place
order by place
