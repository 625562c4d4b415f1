-- What: the parents that the failing rows miss; those that they do not miss any more go.
-- Grain: one row per failing key and field. Reads: the kept rows.
delete from taskwho.missing_references as missing
using {kept} as classified
where
    missing.stream = {stream}
    and missing.salesforce_id = classified.key
    and (classified.outcome in ('failed', 'suppressed') or classified.waits)
    and (
        missing.parent_id is distinct from (classified.missing ->> missing.field)
        or missing.is_set_aside <> classified.waits
    );

insert into taskwho.missing_references (
    stream, salesforce_id, field, parent, parent_id, is_set_aside
)
select
    {stream},
    classified.key,
    missing.field,
    {parent},
    missing.parent_id,
    classified.waits
from {kept} as classified
cross join lateral jsonb_each_text(classified.missing) as missing (field, parent_id)
where classified.outcome in ('failed', 'suppressed') or classified.waits
on conflict (stream, salesforce_id, field) do nothing;
