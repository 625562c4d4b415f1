-- What: what has landed, as the promotion reads it where it lies; the caller holds its lock.
-- Grain: one row per landed record. Reads: the landing table.
-- A record without an Id gets a key made of its values, so that it can wait: the same key whenever
-- it lands. A row that names its columns costs nothing where it is not needed.
create temporary view {inbox} as
select
    landed.ctid as record_at,
    coalesce(landed."Id"::text, 'no-id-' || md5(row({record})::text)) as key,
    {landed_seq}::bigint as landed_seq,
    {columns}
from {landing} as landed;
