-- Brings the parents' quarantine up to date. Grain: one row per stream and Id. Reads: work.
with gone as (
    delete from taskwho.failed_parents as failed
    using work
    where failed.stream = {stream}
        and failed.salesforce_id = work.salesforce_key
        and work.action not in ('failed', 'suppressed')
)

insert into taskwho.failed_parents as failed (stream, salesforce_id, record, reasons, detail)
select {stream}, salesforce_key, record, reasons, detail
from work
where action in ('failed', 'suppressed')
on conflict (stream, salesforce_id) do update set
    record = excluded.record,
    reasons = excluded.reasons,
    detail = excluded.detail,
    last_failed_at = now(),
    attempts = failed.attempts + 1
where (failed.record, failed.reasons, failed.detail)
    is distinct from (excluded.record, excluded.reasons, excluded.detail)
