-- What: releases waiting relations that were removed, and forgets those that were set aside.
-- Grain: one row per relation. Reads: the deletes of this run.
-- Writes: the quarantine, the rows that are set aside.
-- A version of after the removal has come back.
-- One that waits as deleted is in the recycle bin: the list says nothing new of it.
delete from taskwho.quarantine as waiting
using to_apply
where
    waiting.stream = {stream}
    and waiting.salesforce_id = to_apply.key
    and pg_temp.strict_timestamp(waiting.record ->> 'SystemModstamp') < to_apply.deleted_at
    and not waiting.is_set_aside;

delete from taskwho.set_aside as kept
using to_apply
where
    kept.stream = {stream}
    and kept.salesforce_id = to_apply.key
    and pg_temp.strict_timestamp(kept.record ->> 'SystemModstamp') < to_apply.deleted_at;
