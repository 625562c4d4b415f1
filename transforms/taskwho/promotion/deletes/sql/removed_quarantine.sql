-- What: waiting relations that were removed need not wait; of after it, they have come back.
-- Grain: one row per relation. Reads: the deletes of this run. Writes: the quarantine.
-- One that waits as deleted is in the recycle bin: the list says nothing new of it.
delete from taskwho.failed_relations as failed
using to_apply
where
    to_apply.key = failed.salesforce_id
    and pg_temp.strict_timestamp(failed.record ->> 'SystemModstamp') < to_apply.deleted_at
    and not failed.is_set_aside;
