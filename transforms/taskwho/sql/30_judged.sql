-- Each candidate with its reasons and what it would do to the table. Grain: one row per Id.
-- Reads: candidate, the parents' tables, the result table. A join per parent: `exists` scans.
create temporary table judged on commit drop as
with reasons as (
    select
        candidate.salesforce_key,
        array_remove(array[
            case when
                not pg_temp.is_id("Id") or not pg_temp.is_id("RelationId")
                or not pg_temp.is_id("TaskId") or not pg_temp.is_id("CreatedById")
                or not pg_temp.is_id("LastModifiedById") or length("Type") > 50
                or ("IsDeleted" is not null and candidate.is_deleted is null)
                or ("CreatedDate" is not null and created_date is null)
                or ("LastModifiedDate" is not null and last_modified_date is null)
                or ("SystemModstamp" is not null and system_modstamp is null)
                or system_modstamp > localtimestamp + interval '1 day'
                then 'invalid_value' end,
            case when
                "Id" is null or "IsDeleted" is null or "CreatedById" is null
                or "LastModifiedById" is null or "CreatedDate" is null
                or "LastModifiedDate" is null or "SystemModstamp" is null
                then 'null_value' end,
            case when "TaskId" is not null and task.{tasks_key} is null then 'missing_task' end,
            case when "RelationId" is not null and contact.{contacts_key} is null
                then 'missing_contact' end,
            case when ("CreatedById" is not null and author.{users_key} is null)
                or ("LastModifiedById" is not null and editor.{users_key} is null)
                then 'missing_user' end
        ], null) as reasons,
        jsonb_strip_nulls(jsonb_build_object(
            'tasks', case when task.{tasks_key} is null then "TaskId" end,
            'contacts', case when contact.{contacts_key} is null then "RelationId" end,
            'users', nullif(array_to_string(array_remove(array[
                case when author.{users_key} is null then "CreatedById" end,
                case when editor.{users_key} is null
                    and "LastModifiedById" <> "CreatedById" then "LastModifiedById" end
            ], null), ' '), '')
        )) as missing_ids
    from candidate
    left join {tasks} as task on task.{tasks_key} = candidate."TaskId"
    left join {contacts} as contact on contact.{contacts_key} = candidate."RelationId"
    left join {users} as author on author.{users_key} = candidate."CreatedById"
    left join {users} as editor on editor.{users_key} = candidate."LastModifiedById"
)

select
    candidate.*,
    reasons.reasons,
    reasons.missing_ids,
    stored.salesforce_id is not null as is_stored,
    stored.is_deleted as stored_is_deleted,
    stored.sf_system_modstamp as stored_modstamp,
    (
        stored.is_deleted, stored.type, stored.relation_id, stored.task_id,
        stored.created_by_id, stored.last_modified_by_id,
        stored.sf_created_date, stored.sf_last_modified_date
    ) is distinct from (
        candidate.is_deleted, candidate."Type", candidate."RelationId", candidate."TaskId",
        candidate."CreatedById", candidate."LastModifiedById",
        candidate.created_date, candidate.last_modified_date
    ) as differs
from candidate
join reasons on reasons.salesforce_key = candidate.salesforce_key
left join {relations} as stored on stored.salesforce_id = candidate.salesforce_key
