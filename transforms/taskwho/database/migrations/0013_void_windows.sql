-- What: windows that do not count as read, so that no run goes on from their end as if it were
-- this database's own.
-- Grain: one row per page. Reads: nothing.
alter table taskwho.batches add column is_void boolean not null default false;
comment on column taskwho.batches.is_void is
'Whether the page''s window does not count as read: its run began from a bookmark that this'
' database had not reached, or the table has lost its rows since.';
