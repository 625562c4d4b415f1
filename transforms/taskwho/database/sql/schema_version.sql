-- What: the schema, and the table of its migrations. This is no migration: each of those writes its
-- row here first.
-- Grain: one row per migration. Reads: nothing. Can run again.
do $taskwho$
begin
    -- `if not exists` asks for the right to create one even where it is there
    if to_regnamespace('taskwho') is null then
        create schema taskwho;
    end if;
end
$taskwho$;

create table if not exists taskwho.schema_version (
    number integer primary key,
    name text not null,
    release text not null,
    applied_at timestamptz not null default now()
);
comment on table taskwho.schema_version is
'Migrations that this database has, one row each. Written by prepare and post-load. Public.';
comment on column taskwho.schema_version.number is
'Number of the migration; the largest is the version of the schema.';
comment on column taskwho.schema_version.name is
'Name of the file of the migration, without number and suffix.';
comment on column taskwho.schema_version.release is
'Release of taskwho that applied the migration.';
comment on column taskwho.schema_version.applied_at is
'Time of the transaction that applied the migration.';
