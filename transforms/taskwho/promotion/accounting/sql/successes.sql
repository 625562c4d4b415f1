-- What: the rows that went in or are stored already, as the report lists them.
-- Grain: one JSON object per key, with the place of its row. Reads: the classified rows.
-- One function that makes the whole object takes a third longer: it looks up each column's type.
-- A key that is stored has letters and digits alone; an Id that a deleted row refers to may not.
create temporary view successes as
select
    ctid as place,
    '{{"success":true,"salesforce_id":"' || key
    || '","task_id":' || coalesce(to_json(task_id)::text, 'null')
    || ',"relation_id":' || coalesce(to_json(relation_id)::text, 'null')
    || ',"error":null,"action":"' || outcome || '"}}' as record
from {classified}
where outcome in ('inserted', 'updated', 'deleted', 'unchanged');
