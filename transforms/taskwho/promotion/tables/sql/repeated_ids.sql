-- What: Ids that stand in more than one row of a table, and the number of such Ids.
-- Grain: one row per Id, the first few. Reads: a table of the user's.
select
    {key}::text as id,
    count(*) over () as ids
from {table}
where {key} is not null
group by {key}
having count(*) > 1
order by 1
limit {limit}
