-- What: the rows that a list of ours keeps: they wait, or belong in no table. Mostly few of many,
-- so that the statements that follow do not look at all rows again.
-- Grain: one row per key. Reads: the classified rows, and those as they landed, each by its place:
-- `offset 0` keeps the planner from reading all of them for a few.
create temporary table {kept} on commit drop as
select
    classified.*,
    found.record
from {classified} as classified
cross join
    lateral (
        select {record} as record
        from {landed} as landed
        where landed.record_at = classified.record_at and landed.is_retried = classified.is_retried
        offset 0
    ) as found
where
    classified.outcome in ('failed', 'suppressed')
    or classified.waits
    or classified.aside is not null;
