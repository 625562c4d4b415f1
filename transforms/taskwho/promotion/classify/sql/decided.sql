-- What: each relation with what is to be done with it. Grain: one row per key.
-- Reads: the compared rows.
-- A subquery, since a `with` over something volatile is put together by one process before the rest
-- of it is done, by that one alone (postgresql.org/docs/18/queries-with.html, materialization).
create temporary view {decided} as
select
    reasoned.*,
    case
        when is_lead then 'set_aside'
        when nulls is not null or unfit is not null then 'failed'
        when is_stored and not is_newer and not is_equal then 'unchanged'
        when lacks and not is_deleted then 'failed'
        when lacks and not is_stored then 'set_aside'
        -- a deleted row's parents may be gone: what it says of them is not needed any more
        when lacks and (is_newer or not is_deleted_there) then 'mark'
        when lacks then 'unchanged'
        when not is_stored then 'insert'
        when is_newer or differs then 'update'
        else 'unchanged'
    end as action,
    pg_temp.once() as is_decided_once
from (
    select
        compared.*,
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
    from {compared} as compared
) as reasoned;
