-- Writes the parents' work between two places. Grain: one row per parent new or newer. Reads: work.
create or replace function pg_temp.write_rows(low bigint, high bigint) returns bigint
language plpgsql as $$
declare
    added bigint;
    changed bigint;
begin
    insert into {table} ({columns})
    select {values} from work
    where action = 'insert' and place between low and high
    order by place;
    get diagnostics added = row_count;
    update {table} as stored set {assignments}
    from work
    where work.action = 'update' and work.place between low and high
        and stored.{key} = work.salesforce_key;
    get diagnostics changed = row_count;
    return added + changed;
end
$$
