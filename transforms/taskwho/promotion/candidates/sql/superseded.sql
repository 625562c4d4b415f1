-- What: removes all versions of a repeated key but the newest; the last landed wins a tie.
-- Grain: one row per key is left. Reads: the repeated keys. Reads and writes: the landing table.
with versions as (
    select
        version.record_at,
        row_number() over (
            partition by version.key
            order by
                pg_temp.strict_timestamp(version."SystemModstamp") desc nulls last,
                version.landed_seq desc nulls last,
                version.record_at desc
        ) as place
    from {inbox} as version
    join {repeated} as repeated on repeated.key = version.key
)

delete from {landing} as landed
using versions
where versions.record_at = landed.ctid and versions.place > 1;
