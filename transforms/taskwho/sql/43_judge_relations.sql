-- What: what is to become of each relation. Grain: one row per key. Reads: the decided rows.
create temporary table {judged} on commit drop as
select
    record_at,
    key,
    is_retried,
    {fields},
    action,
    case action
        when 'insert' then 'inserted'
        when 'update' then
            case when is_deleted and not is_deleted_there then 'deleted' else 'updated' end
        when 'mark' then case when is_deleted_there then 'updated' else 'deleted' end
        else action
    end as outcome,
    action = 'set_aside' and not is_lead as waits,
    nulls,
    unfit,
    missing_task_id,
    missing_contact_id,
    missing_created_by_id,
    missing_last_modified_by_id,
    null::text[] as reasons,
    null::text as error
from {decided};
