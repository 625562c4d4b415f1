-- What: each row with what is to be done with it. Grain: one row per key. Reads: the compared rows.
-- A subquery: one process alone would compute a `with` over something volatile, before the rest
-- (postgresql.org/docs/18/queries-with.html, materialization).
create temporary view {decided} as
select
    lacking.*,
    case
        when aside is not null and not is_stored then 'set_aside'
        when nulls is not null or unfit is not null or hidden is not null then 'failed'
        when is_stored and not is_newer and not is_equal then 'unchanged'
        when aside is not null and was_deleted and not is_newer then 'set_aside'
        -- it has moved to a record that has no table: it is not live in this one any more
        when aside is not null then 'mark'
        when lacks_parent and not becomes_deleted then 'failed'
        when lacks_parent and not is_stored then 'set_aside'
        -- the parents of a deleted row may be gone: its keys are not needed any more
        when lacks_parent and (is_newer or not was_deleted) then 'mark'
        when lacks_parent then 'unchanged'
        when not is_stored then 'insert'
        when is_newer or differs then 'update'
        else 'unchanged'
    end as action,
    pg_temp.once() as is_decided_once
from (
    select
        compared.*,
        coalesce(missing <> '{{}}', false) as lacks_parent,
        {aside} as aside
    from {compared} as compared
) as lacking;
