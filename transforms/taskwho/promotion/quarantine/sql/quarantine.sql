-- What: rows that could not go in, with their reasons; one that fails as before is not written
-- again. Grain: one row per failing key. Reads: the kept rows.
insert into taskwho.quarantine as waiting (
    stream, salesforce_id, record, reasons, error, is_set_aside, first_failed_at, last_failed_at
)
select
    {stream},
    classified.key,
    classified.record,
    classified.reasons,
    classified.error,
    classified.waits,
    now(),
    now()
from {kept} as classified
where classified.outcome in ('failed', 'suppressed') or classified.waits
on conflict (stream, salesforce_id) do update
    set
        record = excluded.record,
        reasons = excluded.reasons,
        error = excluded.error,
        is_set_aside = excluded.is_set_aside,
        last_failed_at = excluded.last_failed_at,
        attempts = waiting.attempts + 1
    where
    (waiting.record, waiting.reasons, waiting.error, waiting.is_set_aside)
    is distinct from (excluded.record, excluded.reasons, excluded.error, excluded.is_set_aside);
