-- What: the counting of what quarantined relations wait for, by each statement that changes them.
-- Grain: one row per missing parent or set of reasons. Reads: the changed rows. Can run again.
create or replace function taskwho.parents_missed(
    task_id text, contact_id text, created_by_id text, last_modified_by_id text
) returns table (parent text, salesforce_id text)
language sql immutable as $taskwho$
    select missed.parent, missed.salesforce_id
    from (
        values
            ('tasks', task_id),
            ('contacts', contact_id),
            ('users', created_by_id),
            ('users', last_modified_by_id)
    ) as missed (parent, salesforce_id)
    where missed.salesforce_id is not null
$taskwho$;

-- The rows are `changed`, before an update or a delete (-1) or after an update or an insert (1).
-- Whoever may change the quarantine need not have a right to its counts.
create or replace function taskwho.count_waiting() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
declare
    sign constant integer := tg_argv[0];
begin
    if not exists (select from changed) then
        return null;
    end if;

    insert into taskwho.missing_parents as counted (parent, salesforce_id, waiting, failing)
    select
        missed.parent,
        missed.salesforce_id,
        sign * count(*),
        sign * count(*) filter (where not changed.is_set_aside)
    from changed
    cross join lateral taskwho.parents_missed(
        changed.missing_task_id, changed.missing_contact_id,
        changed.missing_created_by_id, changed.missing_last_modified_by_id
    ) as missed
    group by missed.parent, missed.salesforce_id
    order by missed.parent, missed.salesforce_id
    on conflict (parent, salesforce_id) do update
    set
        waiting = counted.waiting + excluded.waiting,
        failing = counted.failing + excluded.failing;

    insert into taskwho.waiting_counts as counted (is_set_aside, reasons, relations)
    select changed.is_set_aside, changed.reasons, sign * count(*)
    from changed
    group by changed.is_set_aside, changed.reasons
    order by changed.is_set_aside, changed.reasons
    on conflict (is_set_aside, reasons) do update
    set relations = counted.relations + excluded.relations;

    if sign < 0 then
        delete from taskwho.missing_parents as counted
        using changed
        cross join lateral taskwho.parents_missed(
            changed.missing_task_id, changed.missing_contact_id,
            changed.missing_created_by_id, changed.missing_last_modified_by_id
        ) as missed
        where
            counted.parent = missed.parent
            and counted.salesforce_id = missed.salesforce_id
            and counted.waiting = 0
            and counted.failing = 0;

        delete from taskwho.waiting_counts where relations = 0;
    end if;
    return null;
end
$taskwho$;

-- nobody else makes a trigger of it, on a table of theirs
revoke execute on function taskwho.count_waiting() from public;
