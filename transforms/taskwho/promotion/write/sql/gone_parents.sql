-- What: relations whose parent went while the promotion ran are missing it, like any other.
-- Grain: one row per refused key. Reads: the refused rows, the result's foreign keys.
with broken as (
    select
        refused.key,
        attribute.attname as column_name
    from {refused} as refused
    join pg_catalog.pg_constraint as foreign_key
        on foreign_key.conname = refused.constraint_name
        and foreign_key.conrelid = {target_name}::regclass
    join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = foreign_key.conrelid
        and attribute.attnum = foreign_key.conkey[1]
    where refused.sqlstate = '23503' and cardinality(foreign_key.conkey) = 1
),

lost as (
    select
        judged.key,
        broken.column_name,
        case broken.column_name
            when 'task_id' then judged.task_id
            when 'relation_id' then judged.relation_id
            when 'created_by_id' then judged.created_by_id
            when 'last_modified_by_id' then judged.last_modified_by_id
        end as id,
        case broken.column_name
            when 'task_id' then 'missing_task'
            when 'relation_id' then 'missing_contact'
            else 'missing_user'
        end as reason
    from broken
    join {judged} as judged on judged.key = broken.key
)

update {judged} as judged
set
    reasons = array[lost.reason],
    error = lost.reason || ': ' || lost.id || ' went away while this run wrote',
    missing_task_id = case lost.column_name when 'task_id' then lost.id end,
    missing_contact_id = case lost.column_name when 'relation_id' then lost.id end,
    missing_created_by_id = case lost.column_name when 'created_by_id' then lost.id end,
    missing_last_modified_by_id =
        case lost.column_name when 'last_modified_by_id' then lost.id end
from lost
where lost.key = judged.key and lost.id is not null;
