-- What: the records that went in or stand already, as the report lists them.
-- Grain: one JSON object per key. Reads: the judged rows.
-- Put together by hand: json_build_object takes three times as long.
select
    '{{"success": true, "salesforce_id": "' || key
    || '", "task_id": ' || coalesce(to_json(task_id)::text, 'null')
    || ', "relation_id": ' || coalesce(to_json(relation_id)::text, 'null')
    || ', "error": null, "action": "' || outcome || '"}}' as record
from {judged}
where outcome in ('inserted', 'updated', 'deleted', 'unchanged')
{limit}
