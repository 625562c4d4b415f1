-- What: the Ids that waiting relations refer to and no parent table has.
-- Grain: one row per parent and Id, as many as asked for, each with the parent's total.
-- Reads: the quarantine.
with tasks as (
    select distinct missing_task_id as id from taskwho.failed_relations
    where missing_task_id is not null and not is_set_aside
),

contacts as (
    select distinct missing_contact_id as id from taskwho.failed_relations
    where missing_contact_id is not null and not is_set_aside
),

users as (
    select missing_created_by_id as id from taskwho.failed_relations
    where missing_created_by_id is not null and not is_set_aside
    union
    select missing_last_modified_by_id from taskwho.failed_relations
    where missing_last_modified_by_id is not null and not is_set_aside
),

told as (
    (
        select 'tasks' as parent, id, (select count(*) from tasks) as total
        from tasks
        order by id collate "C"
        limit {limit}
    )
    union all
    (
        select 'contacts', id, (select count(*) from contacts)
        from contacts
        order by id collate "C"
        limit {limit}
    )
    union all
    (
        select 'users', id, (select count(*) from users)
        from users
        order by id collate "C"
        limit {limit}
    )
)

select parent, id, total
from told
order by parent, id collate "C";
