-- What: keeps the relations that belong in no table: to leads, and to other objects than contacts.
-- The latter waited in the quarantine for a contact that never comes.
-- Grain: set_aside, one row per stream and record.
-- Reads: the quarantine, the runs.
create table taskwho.set_aside (
    stream text not null,
    salesforce_id text not null,
    record jsonb not null,
    reason text not null,
    set_aside_at timestamptz not null,
    updated_at timestamptz not null,
    run_id bigint,
    primary key (stream, salesforce_id)
);
comment on table taskwho.set_aside is
'Live records that belong in no table here, one row per stream and record: relations to leads'
' and to other objects than contacts. A record leaves it when a later version of it belongs in'
' a table, or is deleted. Written by post-load. Public.';
comment on column taskwho.set_aside.stream is
'Stream of the record.';
comment on column taskwho.set_aside.salesforce_id is
'Id of the record; a record without an Id gets a key that begins with no-id-.';
comment on column taskwho.set_aside.record is
'Record as it landed: every value is text.';
comment on column taskwho.set_aside.reason is
'Why: lead or other_object.';
comment on column taskwho.set_aside.set_aside_at is
'Time at which the record was set aside.';
comment on column taskwho.set_aside.updated_at is
'Time at which the record or the reason last changed.';
comment on column taskwho.set_aside.run_id is
'Promotion that wrote the row.';

with moved as (
    delete from taskwho.quarantine
    where
        stream = 'task_who_relations'
        and record ->> 'RelationId' ~ '^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$'
        and record ->> 'RelationId' !~ '^003'
        and 'missing_contact' = any(reasons)
    returning *
)

insert into taskwho.set_aside (
    stream, salesforce_id, record, reason, set_aside_at, updated_at, run_id
)
select
    stream,
    salesforce_id,
    record,
    'other_object',
    now(),
    now(),
    (select max(run_id) from taskwho.runs)
from moved
where lower(record ->> 'IsDeleted') is distinct from 'true';
