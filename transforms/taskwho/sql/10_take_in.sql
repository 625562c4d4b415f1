-- What: what has landed, as the promotion reads it where it lies; the caller holds its lock.
-- Grain: one row per landed record. Reads: the landing table.
-- A record without an Id gets a key of its own making, so that it can be quarantined; a row that
-- names its columns costs nothing where it is not needed, `landed::text` does.
create temporary view {inbox} as
select
    landed.ctid as record_at,
    coalesce(landed."Id"::text, 'no-id-' || md5(row({all})::text)) as key,
    {landed_seq} as landed_seq,
    {columns}
from {landing} as landed;
