-- What: live relations in the table. Grain: one row per relation. Reads: the result.
select
    {key}::text as id,
    {stamp} as stamp,
    'table' as place
from {target} as stored
where {is_live}
