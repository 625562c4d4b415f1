-- What: releases waiting relations that were removed. A version of after the removal has come back.
-- Grain: one row per relation. Reads: the deletes of this run. Writes: the quarantine.
-- One that waits as deleted is in the recycle bin: the list says nothing new of it.
delete from taskwho.quarantine as waiting
using to_apply
where
    waiting.stream = {stream}
    and waiting.salesforce_id = to_apply.key
    and pg_temp.strict_timestamp(waiting.record ->> 'SystemModstamp') < to_apply.deleted_at
    and not waiting.is_set_aside;
