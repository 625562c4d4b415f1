-- What: the promotion's records of itself: its runs and the journal that it took in.
-- Grain: runs, one row per promotion; batches, one row per page that the tap fetched.
-- Reads: nothing. Can run again.
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
comment on column taskwho.runs.run_ids is 'runs of the tap whose rows it took in';
comment on column taskwho.runs.windows is 'windows of SystemModstamp covered';
comment on column taskwho.runs.report_status is
    'pending between the commit and the writing of the report''s files';

-- the next post-load looks for reports that a crash left unwritten
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
create index if not exists batches_promoted_by_idx
on taskwho.batches (promoted_by);
create index if not exists batches_run_id_idx on taskwho.batches (run_id);
