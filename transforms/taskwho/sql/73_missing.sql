-- What: the Ids that waiting relations refer to and no parent table has.
-- Grain: one row per parent and Id, as many as asked for, each with the parent's total.
-- Reads: the quarantine.
with failed as materialized (
    select
        missing_task_id,
        missing_contact_id,
        missing_created_by_id,
        missing_last_modified_by_id
    from taskwho.failed_relations
    where not is_set_aside
),

told as (
    select 'tasks' as parent, missing_task_id as id from failed
    union
    select 'contacts', missing_contact_id from failed
    union
    select 'users', missing_created_by_id from failed
    union
    select 'users', missing_last_modified_by_id from failed
),

numbered as (
    select
        parent,
        id,
        row_number() over (partition by parent order by id collate "C") as place,
        count(*) over (partition by parent) as total
    from told
    where id is not null
)

select
    parent,
    id,
    total
from numbered
where place <= {limit}
order by parent, place;
