-- What: the rows that went in or are stored already, as the report lists them.
-- Grain: one JSON object per key, with the place of its row. Reads: the classified rows.
create temporary view successes as
select
    classified.ctid as place,
    row_to_json(listed)::text as record
from {classified} as classified
cross join
    lateral (
        select
            true as success,
            classified.key as salesforce_id,
            classified.task_id,
            classified.relation_id,
            null::text as error,
            classified.outcome as action
    ) as listed
where classified.outcome in ('inserted', 'updated', 'deleted', 'unchanged');
