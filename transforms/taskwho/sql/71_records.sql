-- The work as the report's records. Grain: one row per Id. Reads: work.
select
    action in ('insert', 'update', 'delete', 'unchanged') as success,
    salesforce_key as salesforce_id,
    "TaskId" as task_id,
    "RelationId" as relation_id,
    case when action in ('failed', 'suppressed') then concat_ws(
        '; ',
        array_to_string(reasons, ', '),
        (select string_agg(key || ' ' || value, ', ' order by key) from jsonb_each_text(missing_ids)),
        detail
    ) end as error,
    case
        when action = 'insert' then 'inserted'
        when action = 'update' then 'updated'
        when action = 'delete' then 'deleted'
        else action
    end as action
from work
where has_landed = {has_landed} and action = any({actions})
order by place
