-- What: the pages of one run whose number of distinct landed Ids is not what the journal says.
-- Grain: one number. Reads: the journal that this run kept, what was classified.
-- Ids compare as Salesforce sorts them, byte by byte.
with pages as (
    select
        row_number() over (order by batch) - 1 as place,
        last_id collate "C" as last_id,
        records
    from taskwho.batches
    where
        promoted_by = {run}
        and run_id = {tap_run}
        and stream = {stream}
        and last_id is not null
),

bounds as (
    select coalesce(array_agg(last_id order by place), array[]::text[]) as last_ids from pages
),

bucketed as (
    select distinct
        landed.key,
        width_bucket(landed.key collate "C", bounds.last_ids) as bucket
    from {landed} as landed
    cross join bounds
    where not landed.is_retried
),

placed as (
    select bucket - coalesce(bounds.last_ids[bucket] = bucketed.key, false)::integer as place
    -- a page holds its own last Id
    from bucketed
    cross join bounds
),

counted as (
    select
        place,
        count(*) as rows
    from placed
    group by place
)

select count(*)
from pages
full join counted on counted.place = pages.place
where pages.records is distinct from counted.rows;
