-- What: the org's clock when a page came, so that a report can tell how far the table is behind it
-- without a comparison of two clocks.
-- Grain: one row per page. Reads: nothing.
alter table taskwho.batches add column org_time timestamptz;
comment on column taskwho.batches.org_time is
'Time at which the page arrived, by the clock of Salesforce.';

-- A new database gets its landing tables after its migrations. Where another role owns the table,
-- the loader, which writes to it, adds the column.
do $taskwho$
begin
    alter table if exists taskwho.sync_batches add column if not exists org_time text;
exception when insufficient_privilege then
    null;
end
$taskwho$;
