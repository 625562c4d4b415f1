-- What: the writing of the judged rows that lie between two places; says how many were written.
-- Grain: called for a chunk, or for one row. Reads: the judged rows. Writes: the user's table.
-- A hash join would read the whole table for every chunk.
create or replace function pg_temp.write_rows(first_row tid, last_row tid) returns bigint
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
as $taskwho$
declare
    written bigint := 0;
    done bigint;
begin
    insert into {target} ({columns})
    select {values}
    from {judged} as judged
    where judged.ctid between first_row and last_row and judged.action = 'insert';
    get diagnostics done = row_count;
    written := written + done;

    update {target} as stored
    set {assignments}
    from {judged} as judged
    where judged.ctid between first_row and last_row and judged.action = 'update'
        and stored.{key} = judged.key;
    get diagnostics done = row_count;
    written := written + done;

    -- deleted in Salesforce, and so are parents of it: the keys stay as they are
    update {target} as stored
    set {marks}
    from {judged} as judged
    where judged.ctid between first_row and last_row and judged.action = 'mark'
        and stored.{key} = judged.key;
    get diagnostics done = row_count;
    return written + done;
end
$taskwho$;
