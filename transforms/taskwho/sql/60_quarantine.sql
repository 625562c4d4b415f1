-- Brings the quarantine up to date; a row whose outcome is the same is not written.
-- Grain: one row per Id that cannot go in. Reads: work.
-- A deleted row without parents is no failure, but waits too: it goes in when they come.
with gone as (
    delete from taskwho.failed_relations as failed
    using work
    where failed.salesforce_id = work.salesforce_key
        and work.action not in ('failed', 'suppressed')
        and (work.action <> 'set_aside' or work.is_lead)
)

insert into taskwho.failed_relations as failed (
    salesforce_id, record, reasons, missing_ids, detail
)
select
    salesforce_key,
    jsonb_build_object(
        'Id', "Id", 'IsDeleted', "IsDeleted", 'Type', "Type", 'RelationId', "RelationId",
        'TaskId', "TaskId", 'CreatedById', "CreatedById",
        'LastModifiedById', "LastModifiedById", 'CreatedDate', "CreatedDate",
        'LastModifiedDate', "LastModifiedDate", 'SystemModstamp', "SystemModstamp"
    ),
    reasons,
    missing_ids,
    detail
from work
where action in ('failed', 'suppressed') or (action = 'set_aside' and not is_lead)
on conflict (salesforce_id) do update set
    record = excluded.record,
    reasons = excluded.reasons,
    missing_ids = excluded.missing_ids,
    detail = excluded.detail,
    last_failed_at = now(),
    attempts = failed.attempts + 1
where (failed.record, failed.reasons, failed.missing_ids, failed.detail)
    is distinct from (excluded.record, excluded.reasons, excluded.missing_ids, excluded.detail)
