-- What: the schema of commit f248733, the last one without versions.
-- Grain: runs, one row per promotion; batches, one row per page; quarantine, one row per record.
-- Takes over a database that has all of these tables or some: the statements can run on both.

create sequence if not exists taskwho.landed_seq;
comment on sequence taskwho.landed_seq is
'Order in which rows land. It decides between two versions of a record with one stamp.';

-- Runs and their journal

create table if not exists taskwho.runs (
    run_id bigint generated always as identity primary key,
    run_ids text[] not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status text not null,
    mode text,
    windows jsonb,
    counts jsonb,
    api_calls integer,
    report_status text not null
    check (report_status in ('pending', 'published')),
    report_name text,
    report_path text,
    report jsonb
);
comment on table taskwho.runs is
'One row per promotion. Written by post-load. Public.';
comment on column taskwho.runs.run_id is
'Number of the promotion, as `taskwho report` takes it.';
comment on column taskwho.runs.run_ids is
'Runs of the tap whose rows this promotion took.';
comment on column taskwho.runs.started_at is
'Start of the promotion.';
comment on column taskwho.runs.finished_at is
'End of the promotion.';
comment on column taskwho.runs.status is
'ok, failed, quota, stopped or nothing (no row had landed).';
comment on column taskwho.runs.mode is
'Mode of the tap: incremental, full, recent or custom.';
comment on column taskwho.runs.windows is
'Windows of SystemModstamp that the tap read.';
comment on column taskwho.runs.counts is
'Relations by outcome.';
comment on column taskwho.runs.api_calls is
'Calls of the Salesforce API that the tap made.';
comment on column taskwho.runs.report_status is
'pending from the commit until the files of the report are written, then published.';
comment on column taskwho.runs.report_name is
'Name of the files of the report, without suffix.';
comment on column taskwho.runs.report_path is
'Path of the markdown file of the report.';
comment on column taskwho.runs.report is
'Document from which the report is written.';

-- post-load looks for reports that a crash left unwritten
create index if not exists runs_pending_idx
on taskwho.runs (run_id) where report_status = 'pending';

create table if not exists taskwho.batches (
    batch_id bigint generated always as identity primary key,
    promoted_by bigint not null references taskwho.runs (run_id) on delete cascade,
    run_id text,
    stream text,
    batch bigint,
    mode text,
    window_from timestamptz,
    window_to timestamptz,
    after_id text,
    first_id text,
    last_id text,
    endpoint text,
    resumed boolean,
    org_id text,
    records bigint,
    attempts bigint,
    duration_ms bigint,
    api_used bigint,
    api_max bigint,
    fetched_at timestamptz,
    counted bigint,
    outcome text
);
comment on table taskwho.batches is
'Journal of the tap: one row per page that it fetched. Written by post-load from'
' sync_batches. Public.';
comment on column taskwho.batches.batch_id is
'Number of the row.';
comment on column taskwho.batches.promoted_by is
'Promotion that took the page.';
comment on column taskwho.batches.run_id is
'Run of the tap.';
comment on column taskwho.batches.stream is
'Stream that was read.';
comment on column taskwho.batches.batch is
'Number of the page in its run and stream, from 1.';
comment on column taskwho.batches.mode is
'Mode of the tap: incremental, full, recent or custom.';
comment on column taskwho.batches.window_from is
'Start of the window of SystemModstamp; null is the beginning.';
comment on column taskwho.batches.window_to is
'End of the window, exclusive.';
comment on column taskwho.batches.after_id is
'Id after which the page was asked for.';
comment on column taskwho.batches.first_id is
'First Id of the page.';
comment on column taskwho.batches.last_id is
'Last Id of the page.';
comment on column taskwho.batches.endpoint is
'Resource of the REST API: queryAll, query or deleted.';
comment on column taskwho.batches.resumed is
'Whether an earlier run opened the window.';
comment on column taskwho.batches.org_id is
'Id of the org.';
comment on column taskwho.batches.records is
'Records of the page.';
comment on column taskwho.batches.attempts is
'API calls for the page; on the last page of a run also those for no page.';
comment on column taskwho.batches.duration_ms is
'Milliseconds that all attempts took.';
comment on column taskwho.batches.api_used is
'API calls of the org in the last 24 hours, as Salesforce reported them.';
comment on column taskwho.batches.api_max is
'Limit of the org for 24 hours.';
comment on column taskwho.batches.fetched_at is
'Time at which the page arrived.';
comment on column taskwho.batches.counted is
'Rows of the window, by COUNT().';
comment on column taskwho.batches.outcome is
'On the last page of a window: complete, limit, quota or failed.';

create index if not exists batches_promoted_by_idx on taskwho.batches (promoted_by);
create index if not exists batches_run_id_idx on taskwho.batches (run_id);

-- The quarantine

create table if not exists taskwho.failed_relations (
    salesforce_id text primary key,
    record jsonb not null,
    reasons text[] not null,
    error text not null,
    missing_task_id text,
    missing_contact_id text,
    missing_created_by_id text,
    missing_last_modified_by_id text,
    missing_ids text[] generated always as (
        array_remove(
            array[
                missing_task_id, missing_contact_id, missing_created_by_id,
                missing_last_modified_by_id
            ],
            null
        )
    ) stored,
    is_set_aside boolean not null default false,
    first_failed_at timestamptz not null,
    last_failed_at timestamptz not null,
    attempts integer not null default 1
);
comment on table taskwho.failed_relations is
'Relations that cannot go into the result yet, one row per relation. Every promotion tries'
' those again whose cause may be gone. Written by post-load. Public.';
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
'Deleted in Salesforce and never stored: no failure. It goes in when its parents come.';
comment on column taskwho.failed_relations.first_failed_at is
'Time of the first failure.';
comment on column taskwho.failed_relations.last_failed_at is
'Time at which the record, its reasons or its missing Ids last changed.';
comment on column taskwho.failed_relations.attempts is
'Number of different outcomes so far.';

create table if not exists taskwho.failed_parents (
    stream text not null,
    salesforce_id text not null,
    record jsonb not null,
    reasons text[] not null,
    error text not null,
    first_failed_at timestamptz not null,
    last_failed_at timestamptz not null,
    attempts integer not null default 1,
    primary key (stream, salesforce_id)
);
comment on table taskwho.failed_parents is
'Users, contacts and tasks that cannot go into their tables yet, one row per stream and'
' record. Written by post-load. Public.';
comment on column taskwho.failed_parents.stream is
'Stream of the record: users, contacts or tasks.';
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

-- Counts of the quarantine, so that a promotion need not read all of it: it may hold many times as
-- many rows as have landed

create table if not exists taskwho.missing_parents (
    parent text not null,
    salesforce_id text not null,
    waiting bigint not null,
    failing bigint not null,
    primary key (parent, salesforce_id)
);
comment on table taskwho.missing_parents is
'Parents for which relations wait, one row per missing parent. Written by triggers of'
' failed_relations. Public.';
comment on column taskwho.missing_parents.parent is
'Stream of the parent: users, contacts or tasks.';
comment on column taskwho.missing_parents.salesforce_id is
'Id of the parent.';
comment on column taskwho.missing_parents.waiting is
'References from waiting relations; a relation that has the Id twice counts twice.';
comment on column taskwho.missing_parents.failing is
'The same without relations that are set aside.';

-- reports list them in this order
create index if not exists missing_parents_failing_idx
on taskwho.missing_parents (parent, salesforce_id collate "C") where failing > 0;

create table if not exists taskwho.waiting_counts (
    is_set_aside boolean not null,
    reasons text[] not null,
    relations bigint not null,
    primary key (is_set_aside, reasons)
);
comment on table taskwho.waiting_counts is
'Number of waiting relations, one row per set of reasons. Written by triggers of'
' failed_relations. Internal.';
comment on column taskwho.waiting_counts.is_set_aside is
'Whether the relations are set aside.';
comment on column taskwho.waiting_counts.reasons is
'Reasons of the relations.';
comment on column taskwho.waiting_counts.relations is
'Number of relations.';

-- every promotion tries the relations that miss no parent
create index if not exists failed_relations_no_parent_idx
on taskwho.failed_relations (salesforce_id)
where coalesce(
    missing_task_id, missing_contact_id, missing_created_by_id, missing_last_modified_by_id
) is null;

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
comment on function taskwho.parents_missed(text, text, text, text) is
'Missing parents of a waiting relation, one row each.';

-- The rows of `changed` are those before an update or a delete (-1), or those after an insert or an
-- update (1). It runs as its owner: who changes the quarantine needs no right on the counts.
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
comment on function taskwho.count_waiting() is
'Adds changed relations of the quarantine to its counts, or subtracts them.';

create or replace function taskwho.forget_waiting() returns trigger
language plpgsql security definer set search_path = pg_catalog as $taskwho$
begin
    delete from taskwho.missing_parents;
    delete from taskwho.waiting_counts;
    return null;
end
$taskwho$;
comment on function taskwho.forget_waiting() is
'Clears the counts of a quarantine that was truncated.';

-- Only the owner may use them in a trigger: anybody else could change the counts by it.
revoke execute on function taskwho.count_waiting() from public;
revoke execute on function taskwho.forget_waiting() from public;

create or replace trigger count_inserted
after insert on taskwho.failed_relations
referencing new table as changed
for each statement execute function taskwho.count_waiting('1');

-- Triggers fire in the order of their names: new rows are added before old ones are subtracted, so
-- that the count of a parent that stays never passes zero.
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

-- Count the rows that are there. The new triggers lock the quarantine until the commit.
delete from taskwho.missing_parents;
delete from taskwho.waiting_counts;

insert into taskwho.missing_parents (parent, salesforce_id, waiting, failing)
select
    missed.parent,
    missed.salesforce_id,
    count(*),
    count(*) filter (where not failed.is_set_aside)
from taskwho.failed_relations as failed
cross join
    lateral taskwho.parents_missed(
        failed.missing_task_id, failed.missing_contact_id,
        failed.missing_created_by_id, failed.missing_last_modified_by_id
    ) as missed
group by missed.parent, missed.salesforce_id;

insert into taskwho.waiting_counts (is_set_aside, reasons, relations)
select
    failed.is_set_aside,
    failed.reasons,
    count(*)
from taskwho.failed_relations as failed
group by failed.is_set_aside, failed.reasons;

-- Removed relations

create table if not exists taskwho.deleted_relations (
    salesforce_id text primary key,
    deleted_at timestamptz not null,
    listed_at timestamptz not null default now(),
    is_applied boolean not null default false
);
comment on table taskwho.deleted_relations is
'Relations that Salesforce lists as removed, kept for 30 days: an older copy that lands later'
' does not bring them back. One row per relation. Written by post-load. Internal.';
comment on column taskwho.deleted_relations.salesforce_id is
'Id of the relation.';
comment on column taskwho.deleted_relations.deleted_at is
'Time of its last removal.';
comment on column taskwho.deleted_relations.listed_at is
'Time at which its removal landed.';
comment on column taskwho.deleted_relations.is_applied is
'No older version of it is live in the result; false where the table refused the change.';

create index if not exists deleted_relations_open_idx
on taskwho.deleted_relations (salesforce_id) where not is_applied;
