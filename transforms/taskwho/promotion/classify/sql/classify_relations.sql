-- What: what is to become of each relation, and why of each that waits; no value but Ids is told.
-- Grain: one row per key. Reads: the decided rows.
-- What tells whether a row is of interest comes first: a look at all rows unpacks no more of them.
create temporary table {judged} on commit drop as
select
    action,
    case action
        when 'insert' then 'inserted'
        when 'update' then
            case when is_deleted and not is_deleted_there then 'deleted' else 'updated' end
        when 'mark' then case when is_deleted_there then 'updated' else 'deleted' end
        else action
    end as outcome,
    waits,
    is_retried,
    case when action = 'failed' or waits then array_remove(array[
        case when missing_task_id is not null then 'missing_task' end,
        case when missing_contact_id is not null then 'missing_contact' end,
        case when coalesce(missing_created_by_id, missing_last_modified_by_id) is not null
            then 'missing_user' end,
        case when nulls is not null then 'null_value' end,
        case when unfit is not null then 'invalid_value' end
    ], null) end as reasons,
    record_at,
    key,
    {fields},
    missing_task_id,
    missing_contact_id,
    missing_created_by_id,
    missing_last_modified_by_id,
    case when action = 'failed' or waits then concat_ws(
        '; ',
        'missing_task: ' || missing_task_id || ' is not in ' || {activities_title},
        'missing_contact: ' || missing_contact_id || ' is not in ' || {contacts_title},
        'missing_user: ' || missing_created_by_id || ' is not in ' || {users_title},
        case
            when missing_last_modified_by_id is distinct from missing_created_by_id
                then 'missing_user: ' || missing_last_modified_by_id
                    || ' is not in ' || {users_title}
        end,
        'null_value: ' || nulls || ' must not be null',
        'invalid_value: ' || unfit || ' cannot be stored as it is'
    ) end as error
from (
    select
        decided.*,
        not is_lead and (
            action in ('set_aside', 'mark')
            -- marked before, and what it says of its parents is still not what is stored
            or (action = 'unchanged' and lacks and is_equal and differs)
        ) as waits
    from {decided} as decided
) as judged;
