-- What: removes all versions of a repeated key but the newest; the last landed wins a tie.
-- Grain: one row per key is left. Reads: the repeated keys. Reads and writes: the landing table.
-- It has no key, and a publication FOR ALL TABLES lets no row go that it cannot name.
do $taskwho$
begin
    if exists (
        select from pg_catalog.pg_class
        where
            oid = to_regclass(format('taskwho.%I', {stream}))
            and relreplident <> 'f'
            and pg_has_role(relowner, 'usage')
    ) then
        alter table {landing} replica identity full;
    end if;
end
$taskwho$;

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
