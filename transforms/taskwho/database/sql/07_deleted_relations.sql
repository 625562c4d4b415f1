-- What: relations that Salesforce lists as removed, kept for a while after they landed: a copy of
-- such a relation that was read before and lands after its removal must not bring it back.
-- Grain: one row per relation, with the last time that it went. Reads: nothing. Can run again.
create table if not exists taskwho.deleted_relations (
    salesforce_id text primary key,
    deleted_at timestamptz not null,
    listed_at timestamptz not null default now(),
    is_applied boolean not null default false
);
comment on column taskwho.deleted_relations.is_applied is
    'no older version of it is live in the result; false where the table refused the change';
create index if not exists deleted_relations_open_idx
on taskwho.deleted_relations (salesforce_id) where not is_applied;
