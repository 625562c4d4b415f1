-- What: the quarantined relations that did not land again, and whether it is worth trying them.
-- Grain: one row per quarantined relation. Reads: the quarantine, its missing ids' parents.
-- One that still misses all that it missed is left alone, unread and unwritten. Many miss the same
-- parent, so each missing id is looked up once.
create temporary table waiting_task_who_relations on commit drop as
with standing as materialized (
    select
        failed.salesforce_id as key,
        failed.missing_task_id as task_id,
        failed.missing_contact_id as contact_id,
        failed.missing_created_by_id as created_by_id,
        failed.missing_last_modified_by_id as last_modified_by_id,
        failed.is_set_aside
    from taskwho.failed_relations as failed
    where not exists (
        select from inbox_task_who_relations as landed where landed.key = failed.salesforce_id
    )
),

tasks as (
    select missing.id
    from (select distinct task_id as id from standing) as missing
    join {activities} as task on task.{activities_key} = missing.id
),

contacts as (
    select missing.id
    from (select distinct contact_id as id from standing) as missing
    join {contacts} as contact on contact.{contacts_key} = missing.id
),

users as (
    select missing.id
    from (
        select created_by_id as id from standing
        union
        select last_modified_by_id from standing
    ) as missing
    join {users} as author on author.{users_key} = missing.id
)

select
    key,
    coalesce(
        coalesce(task_id, contact_id, created_by_id, last_modified_by_id) is null
        or task_id in (select id from tasks)
        or contact_id in (select id from contacts)
        or created_by_id in (select id from users)
        or last_modified_by_id in (select id from users),
        false
    ) as is_tried,
    is_set_aside
from standing;
