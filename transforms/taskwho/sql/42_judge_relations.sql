-- What: what is to become of each relation. Grain: one row per key. Reads: looked_up.
create temporary table {judged} on commit drop as
with reasoned as (
    select
        looked_up.*,
        coalesce(
            missing_task_id, missing_contact_id, missing_created_by_id,
            missing_last_modified_by_id
        ) is not null as lacks,
        -- a converted lead keeps its relation, which points to the contact then
        coalesce(
            left(relation_id, 3) = '00Q'
            or (type = 'Lead' and left(relation_id, 3) is distinct from '003'),
            false
        ) as is_lead
    from looked_up
),

decided as (
    select
        reasoned.*,
        case
            when is_lead then 'set_aside'
            when nulls is not null or unfit is not null then 'failed'
            when is_stored and not is_newer and not is_equal then 'unchanged'
            when lacks and not is_deleted then 'failed'
            when lacks and not is_stored then 'set_aside'
            -- a deleted row's parents may be gone: what it says of them is not needed any more
            when lacks and (is_newer or not (is_deleted_there or is_retried)) then 'mark'
            when lacks then 'unchanged'
            when not is_stored then 'insert'
            when is_newer or (differs and not is_retried) then 'update'
            else 'unchanged'
        end as action
    from reasoned
)

select
    record_at,
    key,
    is_retried,
    {columns},
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
from decided;
