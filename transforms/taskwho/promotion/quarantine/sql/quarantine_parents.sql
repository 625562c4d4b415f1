-- What: records of a parent stream that could not go in; one that fails as before is not written
-- again. Grain: one row per failing key. Reads: the judged rows, the records judged,
-- each by its place: `offset 0` keeps the planner from reading all of them for a few.
insert into taskwho.failed_parents as failed (
    stream, salesforce_id, record, reasons, error, first_failed_at, last_failed_at
)
select
    {stream},
    judged.key,
    found.record,
    judged.reasons,
    judged.error,
    now(),
    now()
from {judged} as judged
cross join lateral (
    select {record} as record
    from {landed} as landed
    where landed.record_at = judged.record_at and landed.is_retried = judged.is_retried
    offset 0
) as found
where judged.outcome in ('failed', 'suppressed')
on conflict (stream, salesforce_id) do update
set
    record = excluded.record,
    reasons = excluded.reasons,
    error = excluded.error,
    last_failed_at = excluded.last_failed_at,
    attempts = failed.attempts + 1
where
    (failed.record, failed.reasons, failed.error)
    is distinct from (excluded.record, excluded.reasons, excluded.error);
