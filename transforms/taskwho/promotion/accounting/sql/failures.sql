-- What: the records that wait in quarantine, as the report lists them: landed in this run or not.
-- Grain: one JSON object per key. Reads: the quarantine, the keys that landed.
select
    json_build_object(
        'success', false,
        'salesforce_id', failed.salesforce_id,
        'task_id', failed.record ->> 'TaskId',
        'relation_id', failed.record ->> 'RelationId',
        'error', failed.error,
        'action', case when 'suppressed' = any(failed.reasons) then 'suppressed'
            else 'quarantined' end
    )::text as record
from taskwho.failed_relations as failed
where not failed.is_set_aside and {of_kind}
{limit}
