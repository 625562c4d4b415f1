-- What: the last alert that arrived, so that people are told of a change and not of a state; also
-- where the process that told them is gone.
-- Grain: one row at most. Reads: nothing.
create table taskwho.last_alert (
    is_the_one boolean primary key default true check (is_the_one),
    news text not null,
    run_id bigint not null,
    arrived_at timestamptz not null
);
comment on table taskwho.last_alert is
'The last alert that arrived at TASKWHO_NOTIFY, one row at most. Written by whatever ends a run.'
' Internal.';
comment on column taskwho.last_alert.is_the_one is
'True: there is one row.';
comment on column taskwho.last_alert.news is
'What the alert told: failed, degraded or recovered.';
comment on column taskwho.last_alert.run_id is
'Run of which the alert told.';
comment on column taskwho.last_alert.arrived_at is
'Time at which the alert arrived.';
