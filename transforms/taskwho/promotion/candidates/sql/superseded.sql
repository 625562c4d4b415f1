-- What: of a key that landed more than once only the newest version stays; ties: the last landed.
-- Grain: one row per key is left. Reads: the keys that repeat. Reads and writes: the landing table.
with versions as (
    select
        version.record_at,
        row_number() over (
            partition by version.key
            order by
                {stamp_of_version} desc nulls last,
                version.landed_seq desc nulls last,
                version.record_at desc
        ) as place
    from {inbox} as version
    join {repeated} as repeated on repeated.key = version.key
)

delete from {landing} as landed
using versions
where versions.record_at = landed.ctid and versions.place > 1;
