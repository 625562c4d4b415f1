-- What: the quarantined relations that did not land again and are worth a try.
-- Grain: one row per relation that is tried. Reads: the quarantine, its missing ids' parents.
-- One that still misses all that it missed is left alone, unread and unwritten. Many miss the same
-- parent, so each missing id is looked up once.
create temporary table waiting_task_who_relations on commit drop as
with tasks as (
    select missing.id
    from (
        select distinct missing_task_id as id from taskwho.failed_relations
        where missing_task_id is not null
    ) as missing
    join {activities} as task on task.{activities_key} = missing.id
),

contacts as (
    select missing.id
    from (
        select distinct missing_contact_id as id from taskwho.failed_relations
        where missing_contact_id is not null
    ) as missing
    join {contacts} as contact on contact.{contacts_key} = missing.id
),

users as (
    select missing.id
    from (
        select missing_created_by_id as id from taskwho.failed_relations
        where missing_created_by_id is not null
        union
        select missing_last_modified_by_id from taskwho.failed_relations
        where missing_last_modified_by_id is not null
    ) as missing
    join {users} as author on author.{users_key} = missing.id
)

select failed.salesforce_id as key
from taskwho.failed_relations as failed
where
    (
        failed.missing_task_id in (select id from tasks)
        or failed.missing_contact_id in (select id from contacts)
        or failed.missing_created_by_id in (select id from users)
        or failed.missing_last_modified_by_id in (select id from users)
        or coalesce(
            failed.missing_task_id, failed.missing_contact_id,
            failed.missing_created_by_id, failed.missing_last_modified_by_id
        ) is null
    )
    and not exists (
        select from inbox_task_who_relations as landed where landed.key = failed.salesforce_id
    );
