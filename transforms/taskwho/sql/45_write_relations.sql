-- Writes the work between two places. Grain: one row per relation new or newer. Reads: work.
-- Gives how many rows were written: fewer than there were means a trigger swallowed some.
create or replace function pg_temp.write_rows(low bigint, high bigint) returns bigint
language plpgsql as $$
declare
    added bigint;
    changed bigint;
begin
    insert into {relations} ({columns})
    select {values} from work
    where action = 'insert' and place between low and high
    order by place;
    get diagnostics added = row_count;
    update {relations} as stored set
        is_deleted = work.is_deleted,
        type = case when work.action = 'delete' then stored.type else work."Type" end,
        relation_id = case when work.action = 'delete' then stored.relation_id else work."RelationId" end,
        task_id = case when work.action = 'delete' then stored.task_id else work."TaskId" end,
        created_by_id = case when work.action = 'delete' then stored.created_by_id else work."CreatedById" end,
        last_modified_by_id = case when work.action = 'delete' then stored.last_modified_by_id else work."LastModifiedById" end,
        sf_created_date = work.created_date,
        sf_last_modified_date = work.last_modified_date,
        sf_system_modstamp = work.system_modstamp{updated_at}
    from work
    where work.action in ('update', 'delete') and work.place between low and high
        and stored.salesforce_id = work.salesforce_key;
    get diagnostics changed = row_count;
    return added + changed;
end
$$;
