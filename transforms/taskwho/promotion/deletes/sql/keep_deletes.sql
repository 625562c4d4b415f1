-- What: keeps what landed of Salesforce's list of removed relations; what is no Id or no time of
-- the past is left out. Grain: one row per relation, the time of its last removal.
-- Reads: the deletes that have landed. Writes: the kept deletes.
with deletes as (
    select
        key,
        max(pg_temp.strict_timestamp("deletedDate")) as deleted_at
    from {inbox}
    where pg_temp.is_salesforce_id(key)
    group by key
)

insert into taskwho.deleted_relations as kept (salesforce_id, deleted_at)
select
    key,
    deleted_at at time zone 'UTC'
from deletes
where deleted_at is not null
on conflict (salesforce_id) do update
    set deleted_at = excluded.deleted_at, listed_at = excluded.listed_at, is_applied = false
    where excluded.deleted_at > kept.deleted_at;
