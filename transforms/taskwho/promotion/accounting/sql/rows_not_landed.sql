-- What: how many rows of a stream's pages have not landed. A row that landed for another page of
-- the same Ids counts for this one too, since a loader may keep one row for an Id.
-- Grain: one row. Reads: the journal of this run, what has landed.
with pages as (
    select
        dense_rank() over (order by run_id, window_from, window_to) as reading,
        records,
        first_id collate "C" as first_id,
        last_id collate "C" as last_id
    from taskwho.batches
    where promoted_by = {run} and stream = {stream} and records > 0
),

readings as (
    select
        reading,
        array_agg(first_id order by first_id) as first_ids,
        array_agg(last_id order by first_id) as last_ids
    from pages
    where first_id is not null
    group by reading
),

landed as (
    select distinct "Id"::text collate "C" as id
    from {landing}
),

numbered as (
    select
        readings.*,
        landed.id,
        width_bucket(landed.id, readings.first_ids) as place
    from readings
    cross join landed
),

placed as (
    select
        reading,
        first_ids[place] as first_id,
        count(*) as landed
    from numbered
    where id <= last_ids[place]
    group by reading, first_ids[place]
)

select coalesce(sum(pages.records - least(pages.records, coalesce(placed.landed, 0))), 0)
from pages
left join placed on placed.reading = pages.reading and placed.first_id = pages.first_id
-- the list of deletes has no Ids in its journal: it is missing where nothing has landed
where pages.first_id is not null or not exists (select from landed)
