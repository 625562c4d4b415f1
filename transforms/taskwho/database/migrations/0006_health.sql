-- What: how many relations are live in the result, and how many live ones wait, without a look at
-- all of them; runs that have begun and not ended yet.
-- Grain: live_rows, one row per result table. Reads: nothing.
create table taskwho.live_rows (
    table_schema text not null,
    table_name text not null,
    row_count bigint not null,
    counted_at timestamptz not null,
    primary key (table_schema, table_name)
);
comment on table taskwho.live_rows is
'Number of relations in the result that are not deleted, one row per table. Written by post-load.'
' Internal.';
comment on column taskwho.live_rows.table_schema is
'Schema of the table.';
comment on column taskwho.live_rows.table_name is
'Name of the table.';
comment on column taskwho.live_rows.row_count is
'Rows that are not deleted, as the last promotion left them.';
comment on column taskwho.live_rows.counted_at is
'Time at which the rows were last counted; later promotions add up what they changed.';

-- The waiting rows that Salesforce has deleted are few: the others are counted without being read.
create index quarantine_deleted_idx on taskwho.quarantine (stream)
where not is_set_aside and lower(record ->> 'IsDeleted') in ('true', 't');

-- a run that no post-load has ended is looked for by each next one
create index runs_open_idx on taskwho.runs (run_id) where finished_at is null;
comment on table taskwho.runs is
'One row per run. Opened by prepare or by `taskwho sync`, ended by post-load. Public.';
comment on column taskwho.runs.run_id is
'Number of the run, as `taskwho report` takes it.';
comment on column taskwho.runs.run_ids is
'Runs of the tap whose rows were promoted.';
comment on column taskwho.runs.started_at is
'Start of the run.';
comment on column taskwho.runs.finished_at is
'End of the run; null until it ends.';
comment on column taskwho.runs.status is
'running, then ok, failed, quota, stopped or nothing (no row had landed).';
