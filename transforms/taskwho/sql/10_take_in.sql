-- What: one landing table's rows, copied into this transaction; the caller holds its lock.
-- Grain: one row per landed record. Reads: the landing table.
-- A record without an Id gets a key of its own making, so that it can be quarantined.
create temporary table {copy} on commit drop as
select
    coalesce(landed."Id"::text, 'no-id-' || md5(landed::text)) as key,
    false as is_retried,
    {landed_seq} as landed_seq,
    {columns}
from {inbox} as landed;
