-- What: functions that write the classified rows between two places; each says how many it wrote.
-- Grain: called for a chunk, or for one row. Reads: the classified rows. Writes: the user's table.
create or replace function pg_temp.insert_rows(first_row tid, last_row tid) returns bigint
language plpgsql as $taskwho$
declare
    written bigint;
begin
    insert into {target} ({columns})
    select {values}
    from {classified} as classified
    where classified.ctid between first_row and last_row and classified.action = 'insert';
    get diagnostics written = row_count;
    return written;
end
$taskwho$;

-- A plan that was made when the table was small, or that reads all of it for every chunk, would
-- cost the square of the rows. (Inserts keep theirs, and so do the foreign keys' checks.)
create or replace function pg_temp.update_rows(first_row tid, last_row tid) returns bigint
language plpgsql
set plan_cache_mode = force_custom_plan
set enable_hashjoin = off
set enable_mergejoin = off
as $taskwho$
declare
    written bigint;
    marked bigint;
begin
    update {target} as stored
    set {assignments}
    from {classified} as classified
    where classified.ctid between first_row and last_row and classified.action = 'update'
        and stored.{key} = classified.key::{key_type};
    get diagnostics written = row_count;

    -- deleted in Salesforce, and so are parents of it: the keys stay as they are
    update {target} as stored
    set {marks}
    from {classified} as classified
    where classified.ctid between first_row and last_row and classified.action = 'mark'
        and stored.{key} = classified.key::{key_type};
    get diagnostics marked = row_count;
    return written + marked;
end
$taskwho$;
