-- What: the rows that went in or are stored already, as the report lists them.
-- Grain: one JSON object per key, with the place of its row. Reads: the classified rows.
-- One function that makes the whole object takes a third longer: it looks up each column's type.
create temporary view successes as
select
    ctid as place,
    '{{"success":true,"salesforce_id":' || to_json(key)::text
    || ',"task_id":' || coalesce(to_json(task_id)::text, 'null')
    || ',"relation_id":' || coalesce(to_json(relation_id)::text, 'null')
    || ',"error":null,"action":"' || outcome || '"}}' as record
from {classified}
where outcome in ('inserted', 'updated', 'deleted', 'unchanged');
