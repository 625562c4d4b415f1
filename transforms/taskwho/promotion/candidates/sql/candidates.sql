-- What: waiting rows that did not land again and whose reason may be gone. A row that still misses
-- all that it missed is neither read nor written.
-- Grain: one row per key; `place` counts those that are tried on every run, but the first few only.
-- Reads: the parents that have come, what waited for them, the quarantine, what has landed.

-- The planner takes a look into an index for dearer than it is: most of an index is cached.
set local random_page_cost = 1.1;

create temporary table {candidates} on commit drop as
with come as materialized (
    {come}
),

always as (
    (
        select salesforce_id
        from taskwho.quarantine
        where stream = {stream} and reasons && {always} and salesforce_id > {after}
        order by salesforce_id
        limit {most}
    )
    union all
    (
        select salesforce_id
        from taskwho.quarantine
        where stream = {stream} and reasons && {always} and salesforce_id <= {after}
        order by salesforce_id
        limit {most}
    )
    limit {most}
),

worth_a_try as (
    select
        missing.salesforce_id,
        null as place
    from come
    join taskwho.missing_references as missing
        on missing.parent = come.parent and missing.parent_id = come.parent_id
    where missing.stream = {stream}
    union all
    select
        salesforce_id,
        row_number() over () as place
    from always
    union all
    select
        salesforce_id,
        null as place
    from taskwho.quarantine
    where stream = {stream} and {also}
)

select
    salesforce_id as key,
    max(place) as place
from worth_a_try
where not exists (select from {inbox} as landed where landed.key = worth_a_try.salesforce_id)
group by salesforce_id;

set local random_page_cost to default;
