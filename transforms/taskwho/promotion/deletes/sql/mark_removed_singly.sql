-- What: the same row by row, where the table refused one of them.
-- Grain: one row per relation. Reads: those still live. Writes: the result.
-- Only data exceptions (22), constraints (23) and raise_exception (P0001) are a row's own fault.
do $taskwho$
declare
    removed record;
begin
    for removed in {still_live} loop
        begin
            update {target} as stored
            set {marked_deleted}
            where stored.{key} = removed.key::{key_type};
        exception when others then
            if sqlstate !~ '^(22|23)' and sqlstate <> 'P0001' then
                raise;
            end if;
        end;
    end loop;
end
$taskwho$;
