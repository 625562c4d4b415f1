-- What is done with each landed or waiting parent. Grain: one row per Id of one stream.
-- Reads: the stream's copy of the inbox, taskwho.failed_parents, the parent's table.
create temporary table work on commit drop as
with landed as (
    select distinct on (salesforce_key) salesforce_key, record
    from (
        select
            coalesce("Id", 'no-id:' || md5(inbox::text)) as salesforce_key,
            to_jsonb(inbox) - 'landed_order' as record,
            landed_order
        from {landed} as inbox
    ) as keyed
    order by
        salesforce_key,
        pg_temp.to_moment(record ->> 'SystemModstamp') desc nulls last,
        landed_order desc
),

together as (
    select salesforce_key, record, true as has_landed from landed
    union all
    select salesforce_id, record, false from taskwho.failed_parents as failed
    where stream = {stream}
        and not exists (select 1 from landed where salesforce_key = failed.salesforce_id)
),

casts as (
    select salesforce_key, record, has_landed, {casts} from together
),

judged as (
    select
        casts.*,
        array_remove(array[
            case when pg_temp.is_id(salesforce_key) is not true or {invalid}
                then 'invalid_value' end,
            case when {nulls} then 'null_value' end
        ], null) as reasons,
        stored.{key} is not null as is_stored,
        stored.sf_system_modstamp as stored_modstamp,
        ({stored_values}) is distinct from ({cast_values}) as differs
    from casts
    left join {table} as stored on stored.{key} = casts.salesforce_key
)

select
    judged.*,
    case
        when cardinality(reasons) > 0 then 'failed'
        when not is_stored then 'insert'
        when sf_system_modstamp > stored_modstamp
            or stored_modstamp is null
            or (sf_system_modstamp = stored_modstamp and differs and has_landed) then 'update'
        else 'unchanged'
    end as action,
    null::text as detail,
    row_number() over (order by salesforce_key) as place
from judged
