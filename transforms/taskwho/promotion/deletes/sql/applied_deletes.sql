-- What: deletes of which no older version is live are applied, and forgotten 30 days later: a copy
-- that was read before the removal has landed by then.
-- Grain: one row per relation. Reads: those still live. Writes: the kept deletes.
update taskwho.deleted_relations as kept
set is_applied = true
from to_apply
where
    to_apply.key = kept.salesforce_id
    and not kept.is_applied
    and kept.salesforce_id not in ({still_live});

delete from taskwho.deleted_relations
where is_applied and listed_at < now() - interval '30 days';
