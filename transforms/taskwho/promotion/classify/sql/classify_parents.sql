-- What: what is to become of each record of a parent stream, and why not where it fails.
-- Grain: one row per key. Reads: the cast rows, the user's table.
-- Subqueries and no `with`, as in decided.sql.
create temporary table {judged} on commit drop as
select
    record_at,
    key,
    is_retried,
    {fields},
    action,
    case action
        when 'insert' then 'inserted'
        when 'update' then case when goes then 'deleted' else 'updated' end
        else action
    end as outcome,
    case when action = 'failed' then array_remove(array[
        case when nulls is not null then 'null_value' end,
        case when invalid is not null then 'invalid_value' end
    ], null) end as reasons,
    case when action = 'failed' then concat_ws(
        '; ',
        'null_value: ' || nulls || ' must not be null',
        'invalid_value: ' || invalid || ' cannot be stored as it is'
    ) end as error
from (
    select
        compared.*,
        case
            when nulls is not null or invalid is not null then 'failed'
            when not is_stored then 'insert'
            when is_newer or (is_equal and differs) then 'update'
            else 'unchanged'
        end as action,
        pg_temp.once() as is_decided_once
    from (
        select
            version.*,
            stored.{key} is not null as is_stored,
            {is_newer} as is_newer,
            {is_equal} as is_equal,
            {differs} as differs,
            {goes} as goes
        from {cast} as version
        left join {target} as stored on stored.{key} = version.key
    ) as compared
) as decided;
