-- What: why each relation that waits has to, in codes and in words; no value but Ids is told.
-- Grain: one row per waiting key. Reads and writes: the judged rows.
update {judged}
set
    reasons = array_remove(array[
        case when missing_task_id is not null then 'missing_task' end,
        case when missing_contact_id is not null then 'missing_contact' end,
        case when coalesce(missing_created_by_id, missing_last_modified_by_id) is not null
            then 'missing_user' end,
        case when nulls is not null then 'null_value' end,
        case when unfit is not null then 'invalid_value' end
    ], null),
    error = concat_ws(
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
    )
where action = 'failed' or waits;
