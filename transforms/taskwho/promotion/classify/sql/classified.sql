-- What: what is to become of each row, and why of each that waits. Of its values it tells Ids only.
-- Grain: one row per key. Reads: the decided rows.
-- What tells whether a row is of interest comes first: a look at all rows unpacks no more of them.
create temporary table {classified} on commit drop as
select
    action,
    case action
        when 'insert' then 'inserted'
        when 'update'
            then
            case when becomes_deleted and not was_deleted then 'deleted' else 'updated' end
        when 'mark' then case when was_deleted then 'updated' else 'deleted' end
        else action
    end as outcome,
    waits,
    aside,
    -- by how much the live rows of the table grow, where the table takes it
    (not coalesce(becomes_deleted, false) and action <> 'mark')::integer
    - (is_stored and not was_deleted)::integer as live_change,
    is_retried,
    is_equal,
    case when action = 'failed' or waits then array_remove(array[
        {missing_reasons},
        case when nulls is not null then 'null_value' end,
        case when unfit is not null then 'invalid_value' end,
        case when hidden is not null then 'hidden_field' end
    ], null) end as reasons,
    record_at,
    key,
    {fields},
    unread,
    missing,
    case when action = 'failed' or waits then concat_ws(
        '; ',
        {missing_errors},
        'null_value: ' || nulls || ' must not be null',
        'invalid_value: ' || unfit || ' cannot be stored as it is',
        'hidden_field: ' || hidden || ' was not read: give the integration user read access to it'
    ) end as error
from (
    select
        decided.*,
        aside is null and (
            action in ('set_aside', 'mark')
            -- marked before, and its keys are still not those that are stored
            or (action = 'unchanged' and lacks_parent and is_equal and differs)
        ) as waits
    from {decided} as decided
) as waiting;
