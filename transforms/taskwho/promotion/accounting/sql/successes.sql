-- What: the records that went in or stand already, as the report lists them.
-- Grain: one JSON object per key, with the place where it was judged. Reads: the judged rows.
-- Put together by hand: json_build_object takes three times as long.
create temporary view successes as
select
    judged.ctid as place,
    '{{"success": true, "salesforce_id": "' || key
    || '", "task_id": ' || coalesce(to_json(task_id)::text, 'null')
    || ', "relation_id": ' || coalesce(to_json(relation_id)::text, 'null')
    || ', "error": null, "action": "' || outcome || '"}}' as record
from {judged} as judged
where outcome in ('inserted', 'updated', 'deleted', 'unchanged');
