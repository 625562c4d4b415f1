-- What: how many relations landed as removed, and how many entries name no relation or no time of
-- the past. Grain: one row. Reads: the deletes that have landed.
select
    count(distinct key) filter (where is_fit) as listed,
    count(*) filter (where not is_fit) as unfit
from (
    select
        key,
        pg_temp.is_salesforce_id(key)
        and pg_temp.strict_timestamp("deletedDate") is not null as is_fit
    from {inbox}
) as deletes
