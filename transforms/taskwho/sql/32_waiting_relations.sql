-- What: the quarantined relations that did not land again, and whether it is worth trying them.
-- Grain: one row per quarantined relation. Reads: the quarantine, its missing ids' parents.
-- One that still misses what it missed is left alone, unread and unwritten.
create temporary table waiting_task_who_relations on commit drop as
select
    failed.salesforce_id as key,
    (failed.missing_task_id is null or task.{activities_key} is not null)
    and (failed.missing_contact_id is null or contact.{contacts_key} is not null)
    and (failed.missing_created_by_id is null or creator.{users_key} is not null)
    and (failed.missing_last_modified_by_id is null or modifier.{users_key} is not null)
        as is_tried,
    failed.is_set_aside
from taskwho.failed_relations as failed
left join {activities} as task on task.{activities_key} = failed.missing_task_id
left join {contacts} as contact on contact.{contacts_key} = failed.missing_contact_id
left join {users} as creator on creator.{users_key} = failed.missing_created_by_id
left join {users} as modifier on modifier.{users_key} = failed.missing_last_modified_by_id
where not exists (
    select from inbox_task_who_relations as landed where landed.key = failed.salesforce_id
);
