-- What: waiting relations that no query shows any more need not wait.
-- Grain: one row per relation. Reads: what was judged. Writes: the quarantine.
delete from taskwho.failed_relations as failed
where
    pg_temp.strict_timestamp(failed.record ->> 'SystemModstamp') < {before}
    and not exists (
        select from {landed} as landed
        where landed.key = failed.salesforce_id and not landed.is_retried
    );
