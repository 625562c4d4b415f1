-- What: relations to leads, first those whose task has another person too.
-- Grain: one row per relation that is set aside. Reads: the rows that are set aside, the result.
with leads as (
    select
        salesforce_id as id,
        record ->> 'TaskId' as task_id,
        record ->> 'RelationId' as person_id
    from taskwho.set_aside
    where stream = {stream} and reason = 'lead'
),

counted as (
    select
        leads.*,
        count(*) over (partition by task_id) as people
    from leads
)

select
    id,
    person_id,
    people > 1 or exists (
        select from {target} as stored where {is_live} and stored.task_id = counted.task_id
    ) as has_others
from counted
order by has_others desc, md5(id || {salt})
