-- What: rows that do not wait any longer leave the quarantine.
-- Grain: one row: how many of them went into the table. Reads: the classified rows.
with released as (
    delete from taskwho.quarantine as waiting
    using {classified} as classified
    where
        waiting.stream = {stream}
        and waiting.salesforce_id = classified.key
        and classified.outcome not in ('failed', 'suppressed')
        and not classified.waits
    returning classified.outcome
)

select count(*) as released
from released
where outcome <> 'set_aside'
