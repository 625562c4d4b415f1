-- What: lets rows of a landing table go. It has no key, and a publication FOR ALL TABLES lets no
-- row go or change that it cannot name. Another loader may have made the table.
-- Grain: none. Reads: the catalog.
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
