-- What: waiting rows, as the report lists them: the record as it landed, why it waits, since when.
-- Grain: one line with a JSON object per key. Made as in successes.sql.
-- Reads: the quarantine, or those of its rows that landed in this run, or in earlier ones.
select
    '{{"success":false,"salesforce_id":' || to_json(waiting.salesforce_id)::text
    || ',"task_id":' || coalesce((waiting.record -> 'TaskId')::text, 'null')
    || ',"relation_id":' || coalesce((waiting.record -> 'RelationId')::text, 'null')
    || ',"error":' || to_json(waiting.error)::text
    || ',"action":"'
    || case when 'suppressed' = any(waiting.reasons) then 'suppressed' else 'quarantined' end
    || '","record":' || waiting.record::text
    || ',"context":{{"reasons":' || to_json(waiting.reasons)::text
    || ',"waiting_since":"' || to_char(waiting.first_failed_at, {second})
    || '","attempts":' || waiting.attempts
    || e'}}}}\n' as record
from {waiting} as waiting
where waiting.stream = {stream} and not waiting.is_set_aside
limit {limit}
