-- What: one quarantine for all streams, and what its rows wait for as rows of their own.
-- Grain: quarantine, one row per stream and record; missing_references, one row per field of it.
-- Takes the rows of failed_relations and failed_parents over. Views have their names and columns.

create table taskwho.quarantine (
    stream text not null,
    salesforce_id text not null,
    record jsonb not null,
    reasons text[] not null,
    error text not null,
    is_set_aside boolean not null default false,
    first_failed_at timestamptz not null,
    last_failed_at timestamptz not null,
    attempts integer not null default 1,
    primary key (stream, salesforce_id)
);
comment on table taskwho.quarantine is
'Rows that cannot go into their table yet, one row per stream and record. A promotion tries'
' those again whose reason may be gone. Written by post-load. Public.';
comment on column taskwho.quarantine.stream is
'Stream of the record.';
comment on column taskwho.quarantine.salesforce_id is
'Id of the record; a record without an Id gets a key that begins with no-id-.';
comment on column taskwho.quarantine.record is
'Record as it landed: every value is text.';
comment on column taskwho.quarantine.reasons is
'Reasons, in the order in which they are checked.';
comment on column taskwho.quarantine.error is
'Reasons in words.';
comment on column taskwho.quarantine.is_set_aside is
'Deleted in Salesforce while its parents are missing: no failure.';
comment on column taskwho.quarantine.first_failed_at is
'Time of the first failure.';
comment on column taskwho.quarantine.last_failed_at is
'Time at which the record or its reasons last changed.';
comment on column taskwho.quarantine.attempts is
'Number of different outcomes so far.';

create table taskwho.missing_references (
    stream text not null,
    salesforce_id text not null,
    field text not null,
    parent text not null,
    parent_id text not null,
    is_set_aside boolean not null,
    primary key (stream, salesforce_id, field)
);
comment on table taskwho.missing_references is
'Parents that the rows of the quarantine wait for, one row per field that refers to one.'
' Written by post-load. Public.';
comment on column taskwho.missing_references.stream is
'Stream of the waiting record.';
comment on column taskwho.missing_references.salesforce_id is
'Id of the waiting record.';
comment on column taskwho.missing_references.field is
'Field that refers to the parent.';
comment on column taskwho.missing_references.parent is
'Stream of the parent.';
comment on column taskwho.missing_references.parent_id is
'Id of the parent.';
comment on column taskwho.missing_references.is_set_aside is
'is_set_aside of the waiting record.';

insert into taskwho.quarantine (
    stream, salesforce_id, record, reasons, error, is_set_aside, first_failed_at, last_failed_at,
    attempts
)
select
    'task_who_relations',
    salesforce_id,
    record,
    reasons,
    error,
    is_set_aside,
    first_failed_at,
    last_failed_at,
    attempts
from taskwho.failed_relations
union all
select
    stream,
    salesforce_id,
    record,
    reasons,
    error,
    false,
    first_failed_at,
    last_failed_at,
    attempts
from taskwho.failed_parents;

insert into taskwho.missing_references (
    stream, salesforce_id, field, parent, parent_id, is_set_aside
)
select
    'task_who_relations',
    failed.salesforce_id,
    missing.field,
    missing.parent,
    missing.parent_id,
    failed.is_set_aside
from taskwho.failed_relations as failed
cross join
    lateral (
        values
        ('TaskId', 'tasks', failed.missing_task_id),
        ('RelationId', 'contacts', failed.missing_contact_id),
        ('CreatedById', 'users', failed.missing_created_by_id),
        ('LastModifiedById', 'users', failed.missing_last_modified_by_id)
    ) as missing (field, parent, parent_id)
where missing.parent_id is not null;

-- a promotion looks up who waits for a parent that has come
create index missing_references_parent_idx on taskwho.missing_references (parent, parent_id);
-- every promotion tries these
create index quarantine_always_idx on taskwho.quarantine (stream, salesforce_id)
where reasons && '{constraint,suppressed}'::text[];

-- What readers may do with the old tables, they may do with the views.

create temporary table rights on commit drop as
select
    class.relname as name,
    case when acl.grantee = 0 then 'public' else acl.grantee::regrole::text end as grantee,
    acl.privilege_type as privilege,
    case when acl.is_grantable then ' with grant option' else '' end as option
from pg_catalog.pg_class as class
cross join lateral pg_catalog.aclexplode(class.relacl) as acl
where
    class.oid in ('taskwho.failed_relations'::regclass, 'taskwho.failed_parents'::regclass)
    and acl.grantee <> class.relowner;

drop table taskwho.failed_relations;
drop table taskwho.failed_parents;
drop table taskwho.missing_parents;
drop table taskwho.waiting_counts;
drop function taskwho.count_waiting();
drop function taskwho.forget_waiting();
drop function taskwho.parents_missed(text, text, text, text);

create view taskwho.failed_relations as
select
    waiting.salesforce_id,
    waiting.record,
    waiting.reasons,
    waiting.error,
    (
        select missing.parent_id from taskwho.missing_references as missing
        where
            missing.stream = waiting.stream and missing.salesforce_id = waiting.salesforce_id
            and missing.field = 'TaskId'
    ) as missing_task_id,
    (
        select missing.parent_id from taskwho.missing_references as missing
        where
            missing.stream = waiting.stream and missing.salesforce_id = waiting.salesforce_id
            and missing.field = 'RelationId' and missing.parent = 'contacts'
    ) as missing_contact_id,
    (
        select missing.parent_id from taskwho.missing_references as missing
        where
            missing.stream = waiting.stream and missing.salesforce_id = waiting.salesforce_id
            and missing.field = 'CreatedById'
    ) as missing_created_by_id,
    (
        select missing.parent_id from taskwho.missing_references as missing
        where
            missing.stream = waiting.stream and missing.salesforce_id = waiting.salesforce_id
            and missing.field = 'LastModifiedById'
    ) as missing_last_modified_by_id,
    array(
        select missing.parent_id from taskwho.missing_references as missing
        where missing.stream = waiting.stream and missing.salesforce_id = waiting.salesforce_id
        order by
            array_position(
                '{TaskId,RelationId,CreatedById,LastModifiedById}'::text[], missing.field
            )
    ) as missing_ids,
    waiting.is_set_aside,
    waiting.first_failed_at,
    waiting.last_failed_at,
    waiting.attempts
from taskwho.quarantine as waiting
where waiting.stream = 'task_who_relations';
comment on view taskwho.failed_relations is
'Relations of the quarantine. Public.';
comment on column taskwho.failed_relations.salesforce_id is
'Id of the relation; a record without an Id gets a key that begins with no-id-.';
comment on column taskwho.failed_relations.record is
'Record as it landed: every value is text.';
comment on column taskwho.failed_relations.reasons is
'Reasons, in the order in which they are checked.';
comment on column taskwho.failed_relations.error is
'Reasons in words.';
comment on column taskwho.failed_relations.missing_task_id is
'TaskId, if sf_activities lacks it.';
comment on column taskwho.failed_relations.missing_contact_id is
'RelationId, if sf_contacts lacks it.';
comment on column taskwho.failed_relations.missing_created_by_id is
'CreatedById, if sf_users lacks it.';
comment on column taskwho.failed_relations.missing_last_modified_by_id is
'LastModifiedById, if sf_users lacks it.';
comment on column taskwho.failed_relations.missing_ids is
'All missing Ids of the row.';
comment on column taskwho.failed_relations.is_set_aside is
'Deleted in Salesforce while its parents are missing: no failure.';
comment on column taskwho.failed_relations.first_failed_at is
'Time of the first failure.';
comment on column taskwho.failed_relations.last_failed_at is
'Time at which the record or its reasons last changed.';
comment on column taskwho.failed_relations.attempts is
'Number of different outcomes so far.';

create view taskwho.failed_parents as
select
    stream,
    salesforce_id,
    record,
    reasons,
    error,
    first_failed_at,
    last_failed_at,
    attempts
from taskwho.quarantine
where stream <> 'task_who_relations';
comment on view taskwho.failed_parents is
'Users, contacts and tasks of the quarantine. Public.';
comment on column taskwho.failed_parents.stream is
'Stream of the record.';
comment on column taskwho.failed_parents.salesforce_id is
'Id of the record; a record without an Id gets a key that begins with no-id-.';
comment on column taskwho.failed_parents.record is
'Record as it landed: every value is text.';
comment on column taskwho.failed_parents.reasons is
'Reasons, in the order in which they are checked.';
comment on column taskwho.failed_parents.error is
'Reasons in words.';
comment on column taskwho.failed_parents.first_failed_at is
'Time of the first failure.';
comment on column taskwho.failed_parents.last_failed_at is
'Time at which the record or its reasons last changed.';
comment on column taskwho.failed_parents.attempts is
'Number of different outcomes so far.';

do $taskwho$
declare
    held record;
begin
    for held in select * from rights loop
        execute format(
            'grant %s on taskwho.%I to %s%s',
            held.privilege, held.name, held.grantee, held.option
        );
    end loop;
end
$taskwho$;

-- Counts of the quarantine, so that a promotion need not read all of it: it may hold many times as
-- many rows as have landed. Triggers write them, for whoever changes the quarantine.

create table taskwho.waiting_counts (
    stream text not null,
    is_set_aside boolean not null,
    reasons text[] not null,
    waiting bigint not null,
    primary key (stream, is_set_aside, reasons)
);
comment on table taskwho.waiting_counts is
'Number of waiting rows, one row per stream and set of reasons. Written by triggers of'
' quarantine. Internal.';
comment on column taskwho.waiting_counts.stream is
'Stream of the rows.';
comment on column taskwho.waiting_counts.is_set_aside is
'Whether the rows are set aside.';
comment on column taskwho.waiting_counts.reasons is
'Reasons of the rows.';
comment on column taskwho.waiting_counts.waiting is
'Number of rows.';

create table taskwho.missing_parents (
    parent text not null,
    parent_id text not null,
    is_set_aside boolean not null,
    primary key (parent, parent_id, is_set_aside)
);
comment on table taskwho.missing_parents is
'Parents that rows of the quarantine wait for, one row per parent. Written by triggers of'
' missing_references. Internal.';
comment on column taskwho.missing_parents.parent is
'Stream of the parent.';
comment on column taskwho.missing_parents.parent_id is
'Id of the parent.';
comment on column taskwho.missing_parents.is_set_aside is
'Whether rows that are set aside wait for it, or rows that fail.';

-- reports list them in this order
create index missing_parents_failing_idx
on taskwho.missing_parents (parent, parent_id collate "C") where not is_set_aside;

-- The rows of `changed` are those before an update or a delete (-1), or those after an insert or an
-- update (1). The functions run as their owner: who changes the quarantine needs no other right.
create function taskwho.count_waiting() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
declare
    sign constant integer := tg_argv[0];
begin
    insert into taskwho.waiting_counts as counted (stream, is_set_aside, reasons, waiting)
    select stream, is_set_aside, reasons, sign * count(*)
    from changed
    group by stream, is_set_aside, reasons
    order by stream, is_set_aside, reasons
    on conflict (stream, is_set_aside, reasons) do update
    set waiting = counted.waiting + excluded.waiting;
    delete from taskwho.waiting_counts where waiting = 0;
    return null;
end
$taskwho$;
comment on function taskwho.count_waiting() is
'Adds changed rows of the quarantine to its counts, or subtracts them.';

create function taskwho.release_references() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
begin
    delete from taskwho.missing_references as missing
    using changed
    where missing.stream = changed.stream and missing.salesforce_id = changed.salesforce_id;
    return null;
end
$taskwho$;
comment on function taskwho.release_references() is
'Removes what rows that left the quarantine waited for.';

create function taskwho.add_missing_parents() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
begin
    insert into taskwho.missing_parents (parent, parent_id, is_set_aside)
    select distinct parent, parent_id, is_set_aside
    from changed
    on conflict do nothing;
    return null;
end
$taskwho$;
comment on function taskwho.add_missing_parents() is
'Adds the parents that rows wait for now.';

create function taskwho.remove_missing_parents() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
begin
    delete from taskwho.missing_parents as missing
    using (select distinct parent, parent_id, is_set_aside from changed) as changed
    where missing.parent = changed.parent
        and missing.parent_id = changed.parent_id
        and missing.is_set_aside = changed.is_set_aside
        and not exists (
            select from taskwho.missing_references as still
            where still.parent = changed.parent
                and still.parent_id = changed.parent_id
                and still.is_set_aside = changed.is_set_aside
        );
    return null;
end
$taskwho$;
comment on function taskwho.remove_missing_parents() is
'Removes the parents that no row waits for any more.';

create function taskwho.forget_waiting() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
begin
    delete from taskwho.missing_references;
    delete from taskwho.waiting_counts;
    return null;
end
$taskwho$;
comment on function taskwho.forget_waiting() is
'Clears what belongs to a quarantine that was truncated.';

-- Only the owner may use them in a trigger: anybody else could change the counts by it.
revoke execute on function taskwho.count_waiting() from public;
revoke execute on function taskwho.release_references() from public;
revoke execute on function taskwho.add_missing_parents() from public;
revoke execute on function taskwho.remove_missing_parents() from public;
revoke execute on function taskwho.forget_waiting() from public;

create trigger count_inserted after insert on taskwho.quarantine
referencing new table as changed
for each statement execute function taskwho.count_waiting('1');

create trigger count_updated_new after update on taskwho.quarantine
referencing new table as changed
for each statement execute function taskwho.count_waiting('1');

create trigger count_updated_old after update on taskwho.quarantine
referencing old table as changed
for each statement execute function taskwho.count_waiting('-1');

create trigger count_deleted after delete on taskwho.quarantine
referencing old table as changed
for each statement execute function taskwho.count_waiting('-1');

create trigger release_deleted after delete on taskwho.quarantine
referencing old table as changed
for each statement execute function taskwho.release_references();

create trigger forget_truncated after truncate on taskwho.quarantine
for each statement execute function taskwho.forget_waiting();

create trigger add_inserted after insert on taskwho.missing_references
referencing new table as changed
for each statement execute function taskwho.add_missing_parents();

create trigger remove_deleted after delete on taskwho.missing_references
referencing old table as changed
for each statement execute function taskwho.remove_missing_parents();

insert into taskwho.waiting_counts (stream, is_set_aside, reasons, waiting)
select
    stream,
    is_set_aside,
    reasons,
    count(*)
from taskwho.quarantine
group by stream, is_set_aside, reasons;

insert into taskwho.missing_parents (parent, parent_id, is_set_aside)
select distinct
    parent,
    parent_id,
    is_set_aside
from taskwho.missing_references;

-- When waiting rows are tried again

create table taskwho.promoted_tables (
    stream text primary key,
    definition text not null,
    retried_to text
);
comment on table taskwho.promoted_tables is
'The tables of the user as the last promotion found them, one row per stream. Written by'
' post-load. Internal.';
comment on column taskwho.promoted_tables.stream is
'Stream that is promoted into the table.';
comment on column taskwho.promoted_tables.definition is
'Columns of the table. When they change, rows with values that did not fit are tried again.';
comment on column taskwho.promoted_tables.retried_to is
'Key of the last waiting row that was tried again, where a promotion did not try all of them.';
