-- What: of a key that landed more than once only the newest version stays; ties: the last landed.
-- Grain: one row per key is left. Reads: the cast rows, the keys that repeat.
with versions as (
    select
        version.record_at,
        row_number() over (
            partition by version.key
            order by
                version.{stamp} desc nulls last,
                version.landed_seq desc nulls last,
                version.record_at desc
        ) as place
    from {cast} as version
    join {repeated} as repeated on repeated.key = version.key
)

delete from {cast} as version
using versions
where versions.record_at = version.record_at and versions.place > 1;
