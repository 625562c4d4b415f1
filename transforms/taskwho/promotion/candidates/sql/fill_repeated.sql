-- What: removes all versions of a repeated key but the newest, as superseded.sql does. What it was
-- read without, it takes from the newest one that has it.
-- Grain: one row per key is left. Reads: the repeated keys. Reads and writes: the landing table.
with versions as (
    select
        version.*,
        row_number() over (
            partition by version.key
            order by
                pg_temp.strict_timestamp(version."SystemModstamp") desc nulls last,
                version.landed_seq desc nulls last,
                version.record_at desc
        ) as place
    from {inbox} as version
    join {repeated} as repeated on repeated.key = version.key
),

superseded as (
    delete from {landing} as landed
    using versions
    where versions.record_at = landed.ctid and versions.place > 1
),

known as (
    select
        min(record_at) filter (where place = 1) as record_at,
        {values}
    from versions
    group by key
)

update {landing} as landed
set {assignments}
from known
where known.record_at = landed.ctid;
