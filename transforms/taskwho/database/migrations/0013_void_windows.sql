-- What: windows that do not count as read, so that a run which begins from their end does not pass
-- for a whole one.
-- Grain: one row per page. Reads: nothing.
alter table taskwho.batches add column is_void boolean not null default false;
comment on column taskwho.batches.is_void is
'Whether the page does not count as read: the state of its run came from elsewhere, or the table'
' has lost its rows since.';
