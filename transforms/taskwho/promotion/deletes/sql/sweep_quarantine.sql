-- What: releases waiting relations that no query shows any more, and forgets those set aside.
-- Grain: one row per relation. Reads: the classified rows.
-- Writes: the quarantine, the rows that are set aside.
delete from taskwho.quarantine as waiting
where
    waiting.stream = {stream}
    and pg_temp.strict_timestamp(waiting.record ->> 'SystemModstamp') < {before}
    and not exists (
        select from {landed} as landed
        where landed.key = waiting.salesforce_id and not landed.is_retried
    );

delete from taskwho.set_aside as kept
where
    kept.stream = {stream}
    and pg_temp.strict_timestamp(kept.record ->> 'SystemModstamp') < {before}
    and not exists (
        select from {landed} as landed
        where landed.key = kept.salesforce_id and not landed.is_retried
    );
