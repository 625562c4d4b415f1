-- What: the missing parents that most of the wanted rows wait for, each with the time at which one
-- of these rows was made, and whether the parent waits in quarantine itself.
-- Grain: one row per parent, the worst first. Reads: what the rows of the quarantine miss.
create temporary table missing_ranked on commit drop as
with waiting as (
    select distinct
        parent,
        parent_id,
        stream,
        salesforce_id
    from taskwho.missing_references
    where not is_set_aside and {wanted}
),

counted as (
    select
        parent,
        parent_id,
        count(*) as relations,
        min(stream) as stream,
        min(salesforce_id collate "C") as salesforce_id
    from waiting
    group by parent, parent_id
    order by relations desc, parent, parent_id collate "C"
    limit {most}
)

select
    counted.parent,
    counted.parent_id,
    counted.relations,
    left(example.record ->> 'CreatedDate', 19) as made_at,
    own.salesforce_id is not null as waits_itself
from counted
left join taskwho.quarantine as example
    on example.stream = counted.stream and example.salesforce_id = counted.salesforce_id
left join taskwho.quarantine as own
    on own.stream = counted.parent and own.salesforce_id = counted.parent_id;
