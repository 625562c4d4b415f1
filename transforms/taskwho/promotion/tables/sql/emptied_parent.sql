-- What: how many relations wait for a parent whose table has no row, though stored relations refer
-- to it. Grain: one row, none where that is not so.
-- Reads: the tables of parent and relations, the counts of the quarantine.
select sum(waiting)::bigint as waiting
from taskwho.waiting_counts
where
    stream = {stream}
    and not is_set_aside
    and {reason} = any(reasons)
    and not exists (select from {parent})
    and exists (select from {relations} where num_nonnulls({columns}) > 0)
having sum(waiting) > 0
