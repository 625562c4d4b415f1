-- What: the quarantined records that are tried again, as they landed once.
-- Grain: one row per record that is tried again. Reads: the quarantine.
create temporary table {retried} on commit drop as
select
    failed.salesforce_id as key,
    {values}
from {quarantine} as failed
join {waiting} as waiting on waiting.key = failed.salesforce_id
where {of_stream};
