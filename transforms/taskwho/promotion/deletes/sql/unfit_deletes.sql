-- What: how much landed as removed, and how many of it name no relation or no time of the past.
-- Grain: one row. Reads: the deletes that have landed.
select
    count(distinct key) filter (where is_fit) as listed,
    count(*) filter (where not is_fit) as unfit
from (
    select
        key,
        pg_temp.is_salesforce_id(key)
        and coalesce(pg_temp.strict_timestamp("deletedDate") <= {latest}, false) as is_fit
    from {landed_deletes}
) as deletes;
