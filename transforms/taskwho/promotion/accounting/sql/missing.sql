-- What: the Ids that waiting relations refer to and no parent table has.
-- Grain: one row per parent and Id, as many as asked for, each with the parent's total.
-- Reads: the parents that quarantined relations miss.
with totals as (
    select
        parent,
        count(*) as total
    from taskwho.missing_parents
    where failing > 0
    group by parent
)

select
    totals.parent,
    told.salesforce_id,
    totals.total
from totals
cross join lateral (
    select missing.salesforce_id
    from taskwho.missing_parents as missing
    where missing.parent = totals.parent and missing.failing > 0
    order by missing.salesforce_id collate "C"
    limit {limit}
) as told
order by totals.parent, told.salesforce_id collate "C";
