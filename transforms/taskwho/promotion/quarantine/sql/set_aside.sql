-- What: keeps the live rows that belong in no table; one that comes as before is not written again.
-- Grain: one row per key that is set aside. Reads: the kept rows.
insert into taskwho.set_aside as kept (
    stream, salesforce_id, record, reason, set_aside_at, updated_at, run_id
)
select
    {stream},
    classified.key,
    classified.record,
    classified.aside,
    now(),
    now(),
    {run}
from {kept} as classified
where
    classified.aside is not null
    and classified.outcome in ('set_aside', 'deleted', 'updated')
    and classified.is_deleted is not true
on conflict (stream, salesforce_id) do update
    set
        record = excluded.record,
        reason = excluded.reason,
        updated_at = excluded.updated_at,
        run_id = excluded.run_id
    where (kept.record, kept.reason) is distinct from (excluded.record, excluded.reason);
