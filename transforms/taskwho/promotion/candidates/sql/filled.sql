-- What: what has landed; what it was read without, a waiting version of it may have.
-- Grain: one row per key. Reads: what has landed, the quarantine.
(
    select
        landed.record_at,
        landed.key,
        {columns}
    from {inbox} as landed
    left join taskwho.quarantine as waiting
        on waiting.stream = {stream} and waiting.salesforce_id = landed.key
)
