-- What: the rows to classify: what has landed. Grain: one row per key. Reads: what has landed.
create temporary view {landed} as
select
    record_at,
    key,
    false as is_retried,
    {fields}
from {filled} as inbox;
