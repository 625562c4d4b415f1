-- What: the quarantined records of one parent stream that did not land again: all are tried.
-- Grain: one row per quarantined record. Reads: the quarantine, what has landed.
create temporary table {waiting} on commit drop as
select failed.salesforce_id as key
from taskwho.failed_parents as failed
where
    failed.stream = {stream}
    and not exists (select from {inbox} as landed where landed.key = failed.salesforce_id);
