-- What: the records to judge: what has landed, and beside it what is tried again.
-- Grain: one row per key. Reads: what has landed, the quarantined records that are tried again.
create temporary view {landed} as
select
    record_at,
    key,
    false as is_retried,
    {names}
from {inbox}
{and_retried};
