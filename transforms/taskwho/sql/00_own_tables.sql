-- The schema of the pair: quarantine, journal, runs, and the counter that says what landed last.
-- Grain: runs, a row per promotion; batches, a row per page the tap fetched; the quarantines, a row
-- per record that cannot go in. Runs again: yes.
create sequence if not exists taskwho.landed_seq;

create table if not exists taskwho.runs (
    run_id bigint generated always as identity primary key,
    run_ids text[] not null default '{{}}',
    started_at timestamptz not null,
    finished_at timestamptz,
    mode text,
    status text,
    windows jsonb,
    counts jsonb,
    api_calls integer,
    report_name text,
    report_path text,
    report_status text not null default 'pending',
    report jsonb
);

create table if not exists taskwho.batches (
    promoted_by bigint not null references taskwho.runs (run_id),
    run_id text,
    stream text,
    batch text,
    mode text,
    window_from text,
    window_to text,
    first_id text,
    last_id text,
    after_id text,
    endpoint text,
    resumed text,
    org_id text,
    records text,
    attempts text,
    duration_ms text,
    api_used text,
    api_max text,
    fetched_at text,
    counted text,
    outcome text,
    taken_in_at timestamptz not null default now()
);

create index if not exists batches_stream_idx on taskwho.batches (stream, taken_in_at);

create table if not exists taskwho.failed_relations (
    salesforce_id text primary key,
    record jsonb not null,
    reasons text[] not null,
    missing_ids jsonb not null default '{{}}',
    detail text,
    first_failed_at timestamptz not null default now(),
    last_failed_at timestamptz not null default now(),
    attempts integer not null default 1
);

create table if not exists taskwho.failed_parents (
    stream text not null,
    salesforce_id text not null,
    record jsonb not null,
    reasons text[] not null,
    detail text,
    first_failed_at timestamptz not null default now(),
    last_failed_at timestamptz not null default now(),
    attempts integer not null default 1,
    primary key (stream, salesforce_id)
);
