-- What: how many relations wait for which reasons. Grain: one row per set of reasons.
-- Reads: the quarantine's counts.
select
    reasons,
    relations
from taskwho.waiting_counts
where not is_set_aside;
