-- What: the kept deletes that this run checks: those that are not applied yet, and those of
-- relations that landed in it. Grain: one row per relation. Reads: the kept deletes, what has
-- landed.
create temporary table to_apply on commit drop as
select
    kept.salesforce_id as key,
    kept.deleted_at at time zone 'UTC' as deleted_at
from taskwho.deleted_relations as kept
where
    not kept.is_applied
    or exists (select from {inbox} as landed where landed.key = kept.salesforce_id);
