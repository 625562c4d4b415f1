-- What: the state of each pair lives beside the rows, and each run's bookmark is kept with its
-- pages, so that a state from elsewhere and a table that lost its rows are noticed.
-- Grain: bookmarks, one row per state id; result_tables, one row per stream.
-- Reads: nothing.
create table taskwho.bookmarks (
    state_id text primary key,
    completed jsonb,
    partial jsonb,
    read_at timestamptz,
    updated_at timestamptz
);
comment on table taskwho.bookmarks is
'the state of each pair of tap and loader; one row per state id';
comment on column taskwho.bookmarks.state_id is
'as Meltano makes it: environment, pair and suffix';
comment on column taskwho.bookmarks.completed is
'the last STATE that the loader passed on, under the key singer_state';
comment on column taskwho.bookmarks.partial is
'what Meltano merges onto the completed state when a run reads it';
comment on column taskwho.bookmarks.read_at is
'when a run last began from this state; a state that was never kept can have been read';
comment on column taskwho.bookmarks.updated_at is 'when the state was last written';

create table taskwho.result_tables (
    stream text primary key,
    table_schema text not null,
    table_name text not null,
    row_count bigint not null,
    lost_rows bigint,
    lost_at timestamptz
);
comment on table taskwho.result_tables is
'how many rows the promotions left in each sf_* table that they write; one row per stream';
comment on column taskwho.result_tables.stream is 'the stream whose rows the table holds';
comment on column taskwho.result_tables.table_schema is 'the schema of the table';
comment on column taskwho.result_tables.table_name is 'the name of the table';
comment on column taskwho.result_tables.row_count is
'rows that the last promotion left in the table';
comment on column taskwho.result_tables.lost_rows is
'rows that the table had before it was found empty or missing; null once a report said so';
comment on column taskwho.result_tables.lost_at is
'when the table was found empty or missing; null once a report said so';

alter table taskwho.batches add column bookmark timestamptz;
comment on column taskwho.batches.bookmark is 'the bookmark that the run began from';

-- A new database gets its landing tables after its migrations. Where another role owns the table,
-- the loader, which writes to it, adds the column.
do $taskwho$
begin
    alter table if exists taskwho.sync_batches add column if not exists bookmark text;
exception when insufficient_privilege then
    null;
end
$taskwho$;
