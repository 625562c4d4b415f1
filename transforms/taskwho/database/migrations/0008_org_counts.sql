-- What: Salesforce's own count of the relations beside where they are here, so that every report
-- can show whether the sum adds up.
-- Grain: org_counts, one row per result table. Reads: nothing.
create table taskwho.org_counts (
    table_schema text not null,
    table_name text not null,
    counted_at timestamptz not null,
    counted_by text not null,
    in_org bigint not null,
    in_table bigint,
    waiting bigint,
    set_aside bigint,
    primary key (table_schema, table_name)
);
comment on table taskwho.org_counts is
'How many relations Salesforce counted the last time, and where they were, one row per result'
' table. Written by full runs and `taskwho verify`. Public.';
comment on column taskwho.org_counts.table_schema is
'Schema of the table.';
comment on column taskwho.org_counts.table_name is
'Name of the table.';
comment on column taskwho.org_counts.counted_at is
'Time of the count.';
comment on column taskwho.org_counts.counted_by is
'full run (its count includes the recycle bin) or verify (live relations).';
comment on column taskwho.org_counts.in_org is
'Relations that Salesforce counted.';
comment on column taskwho.org_counts.in_table is
'Of these in the table; null until the repair that follows the count has placed them.';
comment on column taskwho.org_counts.waiting is
'Of these in quarantine.';
comment on column taskwho.org_counts.set_aside is
'Of these set aside.';
