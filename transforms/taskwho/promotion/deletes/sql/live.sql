-- What: how many live relations are stored. Grain: one row. Reads: the result.
select count(*) as live
from {target}
where not is_deleted
