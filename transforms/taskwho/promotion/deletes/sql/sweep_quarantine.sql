-- What: releases waiting relations that no query shows any more.
-- Grain: one row per relation. Reads: the classified rows. Writes: the quarantine.
delete from taskwho.quarantine as waiting
where
    waiting.stream = {stream}
    and pg_temp.strict_timestamp(waiting.record ->> 'SystemModstamp') < {before}
    and not exists (
        select from {landed} as landed
        where landed.key = waiting.salesforce_id and not landed.is_retried
    );
