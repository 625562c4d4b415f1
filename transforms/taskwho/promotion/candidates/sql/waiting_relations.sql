-- What: the quarantined relations that did not land again and are worth a try.
-- Grain: one row per relation that is tried. Reads: the parents that quarantined relations miss,
-- those that have come, the relations that waited for them.
-- One that still misses all that it missed is left alone, unread and unwritten.

-- looking Ids up in an index is cheaper than the planner takes it for: most of an index is cached
set local random_page_cost = 1.1;

create temporary table waiting_task_who_relations on commit drop as
with tasks as materialized (
    select missing.salesforce_id as id
    from taskwho.missing_parents as missing
    join {activities} as task on task.{activities_key} = missing.salesforce_id
    where missing.parent = 'tasks'
),

contacts as materialized (
    select missing.salesforce_id as id
    from taskwho.missing_parents as missing
    join {contacts} as contact on contact.{contacts_key} = missing.salesforce_id
    where missing.parent = 'contacts'
),

users as materialized (
    select missing.salesforce_id as id
    from taskwho.missing_parents as missing
    join {users} as author on author.{users_key} = missing.salesforce_id
    where missing.parent = 'users'
),

-- where nothing has come, none of these reads the quarantine
worth_a_try as (
    select failed.salesforce_id
    from taskwho.failed_relations as failed
    join tasks on tasks.id = failed.missing_task_id
    union
    select failed.salesforce_id
    from taskwho.failed_relations as failed
    join contacts on contacts.id = failed.missing_contact_id
    union
    select failed.salesforce_id
    from taskwho.failed_relations as failed
    join users on users.id = failed.missing_created_by_id
    union
    select failed.salesforce_id
    from taskwho.failed_relations as failed
    join users on users.id = failed.missing_last_modified_by_id
    union
    select failed.salesforce_id
    from taskwho.failed_relations as failed
    where coalesce(
        failed.missing_task_id, failed.missing_contact_id,
        failed.missing_created_by_id, failed.missing_last_modified_by_id
    ) is null
)

select worth_a_try.salesforce_id as key
from worth_a_try
where not exists (
    select from inbox_task_who_relations as landed where landed.key = worth_a_try.salesforce_id
);

set local random_page_cost to default;
