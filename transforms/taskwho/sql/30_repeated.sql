-- What: keys that landed more than once. Grain: one row per key.
-- Reads: the rows taken in.
create temporary table {repeated} on commit drop as
select key
from {landed}
group by key
having count(*) > 1;
