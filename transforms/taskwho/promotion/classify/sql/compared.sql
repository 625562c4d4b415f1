-- What: each relation with the parents it lacks and the version that is stored.
-- Grain: one row per key. Reads: the cast rows, the parents, the result.
-- A join per parent, since `exists (…) or exists (…)` was measured to scan.
create temporary view {compared} as
select
    version.*,
    -- what it lacks: an Id that no parent has, or a value that is no Id
    case when task.{activities_key} is null and pg_temp.is_salesforce_id(version.task_id)
        then version.task_id end as missing_task_id,
    case when contact.{contacts_key} is null and pg_temp.is_salesforce_id(version.relation_id)
        then version.relation_id end as missing_contact_id,
    case when creator.{users_key} is null and pg_temp.is_salesforce_id(version.created_by_id)
        then version.created_by_id end as missing_created_by_id,
    case
        when
            modifier.{users_key} is null
            and pg_temp.is_salesforce_id(version.last_modified_by_id)
            then version.last_modified_by_id
    end as missing_last_modified_by_id,
    case
        when
            version.invalid is not null
            or num_nulls(
                task.{activities_key}, contact.{contacts_key},
                creator.{users_key}, modifier.{users_key}
            ) > 0
            then nullif(concat_ws(
                ', ',
                version.invalid,
                case when task.{activities_key} is null
                    and not pg_temp.is_salesforce_id(version.task_id) then 'TaskId' end,
                case when contact.{contacts_key} is null
                    and not pg_temp.is_salesforce_id(version.relation_id) then 'RelationId' end,
                case when creator.{users_key} is null
                    and not pg_temp.is_salesforce_id(version.created_by_id)
                    then 'CreatedById' end,
                case when modifier.{users_key} is null
                    and not pg_temp.is_salesforce_id(version.last_modified_by_id)
                    then 'LastModifiedById' end
            ), '')
    end as unfit,
    -- what is stored
    stored.salesforce_id is not null as is_stored,
    coalesce(stored.sf_system_modstamp < version.sf_system_modstamp, true) as is_newer,
    stored.sf_system_modstamp = version.sf_system_modstamp as is_equal,
    stored.is_deleted as is_deleted_there,
    stored.sf_system_modstamp = version.sf_system_modstamp and {differs} as differs,
    pg_temp.once() as is_compared_once
from {cast} as version
left join {activities} as task on task.{activities_key} = version.task_id
left join {contacts} as contact on contact.{contacts_key} = version.relation_id
left join {users} as creator on creator.{users_key} = version.created_by_id
left join {users} as modifier on modifier.{users_key} = version.last_modified_by_id
{stored};
