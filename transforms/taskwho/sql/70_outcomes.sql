-- What became of the work. Grain: one row per kind of outcome. Reads: work.
select
    case
        when action = 'insert' then 'inserted'
        when action = 'delete' then 'deleted'
        when action = 'update' and is_deleted and not stored_is_deleted then 'deleted'
        when action = 'update' then 'updated'
        else action
    end as outcome,
    has_landed,
    was_waiting,
    count(*) as relations
from work
group by 1, 2, 3
