-- What: live relations that wait, or that are set aside. Grain: one row per Id.
-- Reads: one of their tables.
select
    salesforce_id as id,
    pg_temp.stamp_of(record ->> 'SystemModstamp') as stamp,
    {place} as place
from {kept}
where
    stream = {stream}
    and lower(coalesce(record ->> 'IsDeleted', 'false')) not in ('true', 't')
