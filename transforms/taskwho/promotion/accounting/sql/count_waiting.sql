-- What: counts the waiting rows anew; triggers, which a restore or an administrator may switch off,
-- add up what changes. Grain: one row per stream and set of reasons. Reads: the quarantine.
-- Writes: its counts.
delete from taskwho.waiting_counts;

insert into taskwho.waiting_counts (stream, is_set_aside, reasons, waiting)
select
    stream,
    is_set_aside,
    reasons,
    count(*)
from taskwho.quarantine
group by stream, is_set_aside, reasons;
