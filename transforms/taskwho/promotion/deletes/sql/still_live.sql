-- What: removed relations whose stored version is live and older than the removal.
-- Grain: one row per relation. Reads: the result, the deletes of this run.
-- A newer version has come back since, with its task; one of the same second may have.
select distinct to_apply.key
from to_apply
join {target} as stored on stored.{key} = to_apply.key::{key_type}
where
    stored.is_deleted is not true
    and coalesce(stored.{stamp} < to_apply.deleted_at, true)
