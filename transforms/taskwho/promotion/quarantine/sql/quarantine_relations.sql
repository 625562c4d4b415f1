-- What: relations that could not go in, with their reasons; one that fails as before is not
-- written again. Grain: one row per failing key. Reads: the judged rows, the records judged,
-- each by its place: `offset 0` keeps the planner from reading all of them for a few.
insert into taskwho.failed_relations as failed (
    salesforce_id, record, reasons, error,
    missing_task_id, missing_contact_id, missing_created_by_id, missing_last_modified_by_id,
    is_set_aside, first_failed_at, last_failed_at
)
select
    judged.key,
    found.record,
    judged.reasons,
    judged.error,
    judged.missing_task_id,
    judged.missing_contact_id,
    judged.missing_created_by_id,
    judged.missing_last_modified_by_id,
    judged.waits,
    now(),
    now()
from {judged} as judged
cross join lateral (
    select {record} as record
    from {landed} as landed
    where landed.record_at = judged.record_at and landed.is_retried = judged.is_retried
    offset 0
) as found
where judged.outcome in ('failed', 'suppressed') or judged.waits
on conflict (salesforce_id) do update
set
    record = excluded.record,
    reasons = excluded.reasons,
    error = excluded.error,
    missing_task_id = excluded.missing_task_id,
    missing_contact_id = excluded.missing_contact_id,
    missing_created_by_id = excluded.missing_created_by_id,
    missing_last_modified_by_id = excluded.missing_last_modified_by_id,
    is_set_aside = excluded.is_set_aside,
    last_failed_at = excluded.last_failed_at,
    attempts = failed.attempts + 1
where
    (
        failed.record, failed.reasons, failed.error, failed.missing_task_id,
        failed.missing_contact_id, failed.missing_created_by_id,
        failed.missing_last_modified_by_id
    ) is distinct from (
        excluded.record, excluded.reasons, excluded.error, excluded.missing_task_id,
        excluded.missing_contact_id, excluded.missing_created_by_id,
        excluded.missing_last_modified_by_id
    );
