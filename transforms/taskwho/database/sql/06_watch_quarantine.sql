-- What: whoever changes the quarantine changes its counts, in the same transaction; what stood in
-- it before is counted now.
-- Grain: one trigger per kind of change. Reads: the quarantine. Can run again.
create or replace function taskwho.forget_waiting() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
begin
    delete from taskwho.missing_parents;
    delete from taskwho.waiting_counts;
    return null;
end
$taskwho$;

create or replace trigger count_inserted
after insert on taskwho.failed_relations
referencing new table as changed
for each statement execute function taskwho.count_waiting('1');

-- triggers fire in the order of their names: what stays the same never goes through zero
create or replace trigger count_updated_after
after update on taskwho.failed_relations
referencing new table as changed
for each statement execute function taskwho.count_waiting('1');

create or replace trigger count_updated_before
after update on taskwho.failed_relations
referencing old table as changed
for each statement execute function taskwho.count_waiting('-1');

create or replace trigger count_deleted
after delete on taskwho.failed_relations
referencing old table as changed
for each statement execute function taskwho.count_waiting('-1');

create or replace trigger count_truncated
after truncate on taskwho.failed_relations
for each statement execute function taskwho.forget_waiting();

-- nobody changes the quarantine until this transaction ends: making a trigger locks it
delete from taskwho.missing_parents;
delete from taskwho.waiting_counts;

insert into taskwho.missing_parents (parent, salesforce_id, waiting, failing)
select
    missed.parent,
    missed.salesforce_id,
    count(*),
    count(*) filter (where not failed.is_set_aside)
from taskwho.failed_relations as failed
cross join lateral taskwho.parents_missed(
    failed.missing_task_id, failed.missing_contact_id,
    failed.missing_created_by_id, failed.missing_last_modified_by_id
) as missed
group by missed.parent, missed.salesforce_id;

insert into taskwho.waiting_counts (is_set_aside, reasons, relations)
select failed.is_set_aside, failed.reasons, count(*)
from taskwho.failed_relations as failed
group by failed.is_set_aside, failed.reasons;
