-- What: what need not wait any longer leaves the quarantine.
-- Grain: one row per key that is not failing any more; returns those that went into the table.
-- Reads: the judged rows.
with released as (
    delete from {quarantine} as failed
    using {judged} as judged
    where
        judged.key = failed.salesforce_id
        and {of_stream}
        and {leaves}
    returning judged.outcome
)

select count(*) from released where outcome <> 'set_aside';
