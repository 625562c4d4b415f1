-- What: waiting rows, as the report lists them: the record as it landed, why it waits, since when.
-- Grain: one line with a JSON object per key.
-- Reads: the quarantine; `condition` tells landed rows of this run from those of earlier runs.
select row_to_json(listed)::text || e'\n' as record
from taskwho.quarantine as waiting
cross join
    lateral (
        select
            false as success,
            waiting.salesforce_id,
            waiting.record ->> 'TaskId' as task_id,
            waiting.record ->> 'RelationId' as relation_id,
            waiting.error,
            case
                when 'suppressed' = any(waiting.reasons) then 'suppressed' else 'quarantined'
            end as action,
            waiting.record,
            json_build_object(
                'reasons', waiting.reasons,
                'waiting_since', to_char(waiting.first_failed_at, {second}),
                'attempts', waiting.attempts
            ) as context
    ) as listed
where waiting.stream = {stream} and not waiting.is_set_aside and {condition}
limit {limit}
