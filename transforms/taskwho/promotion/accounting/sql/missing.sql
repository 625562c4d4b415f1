-- What: the Ids that waiting rows refer to and no parent's table has.
-- Grain: one row per parent and Id, as many as asked for, each with the parent's total.
-- Reads: the parents that waiting rows miss.
with totals as (
    select
        parent,
        count(*) as total
    from taskwho.missing_parents
    where not is_set_aside
    group by parent
)

select
    totals.parent,
    listed.parent_id,
    totals.total
from totals
cross join
    lateral (
        select missing.parent_id
        from taskwho.missing_parents as missing
        where missing.parent = totals.parent and not missing.is_set_aside
        order by missing.parent_id collate "C"
        limit {limit}
    ) as listed
order by totals.parent, listed.parent_id collate "C"
