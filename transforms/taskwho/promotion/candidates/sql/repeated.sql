-- What: keys that landed more than once. Grain: one row per key. Reads: what has landed.
create temporary table {repeated} on commit drop as
select key
from {inbox}
group by key
having count(*) > 1;
