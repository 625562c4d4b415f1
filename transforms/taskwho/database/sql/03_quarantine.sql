-- What: rows that cannot go in, each with its reasons, tried again on every later run.
-- Grain: one row per relation; one row per stream and parent record.
-- Reads: nothing. Can run again.
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
comment on column taskwho.failed_relations.record is 'as it landed, all values text';
comment on column taskwho.failed_relations.is_set_aside is
    'deleted in Salesforce, and so are parents of it: no failure, goes in if they come';
comment on column taskwho.failed_relations.last_failed_at is
    'when record, reasons or missing ids last changed: a run that finds them as they were'
    ' writes nothing';
comment on column taskwho.failed_relations.attempts is 'how many different outcomes it has had';

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
