-- What: the first rows that went in or are stored already, each with the record as it landed.
-- Grain: one line with a JSON object per key. Reads: the classified rows, the rows as they landed,
-- each by its place, as in kept.sql.
select row_to_json(listed)::text as record
from (
    select
        key,
        task_id,
        relation_id,
        outcome,
        record_at,
        is_retried
    from {classified}
    where outcome in ('inserted', 'updated', 'deleted', 'unchanged')
    limit {limit}
) as classified
cross join
    lateral (
        select {record} as record
        from {landed} as landed
        where landed.record_at = classified.record_at and landed.is_retried = classified.is_retried
        offset 0
    ) as found
cross join
    lateral (
        select
            true as success,
            classified.key as salesforce_id,
            classified.task_id,
            classified.relation_id,
            null::text as error,
            classified.outcome as action,
            found.record
    ) as listed
