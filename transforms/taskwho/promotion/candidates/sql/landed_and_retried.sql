-- What: the rows to classify: what has landed, and the waiting rows that are tried again.
-- Grain: one row per key. Reads: what has landed, the retried rows.
create temporary view {landed} as
select
    record_at,
    key,
    false as is_retried,
    {fields}
from {filled} as inbox
union all
select
    retried.ctid as record_at,
    key,
    true as is_retried,
    {fields}
from {retried} as retried;
