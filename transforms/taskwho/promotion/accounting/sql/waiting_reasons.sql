-- What: how many rows of a stream wait for which reasons. Grain: one row per set of reasons.
-- Reads: the counts of the quarantine.
select
    reasons,
    waiting
from taskwho.waiting_counts
where stream = {stream} and not is_set_aside
