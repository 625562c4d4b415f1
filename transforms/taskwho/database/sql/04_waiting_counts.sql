-- What: what the quarantined relations wait for, counted, so that a run need not read all of them:
-- a standing quarantine may be many times as large as what has landed.
-- Grain: missing_parents, one row per parent that is missing; waiting_counts, one row per set of
-- reasons. Reads: nothing. Can run again.
create table if not exists taskwho.missing_parents (
    parent text not null,
    salesforce_id text not null,
    waiting bigint not null,
    failing bigint not null,
    primary key (parent, salesforce_id)
);
comment on column taskwho.missing_parents.waiting is
    'how often quarantined relations refer to it; one that has it twice counts twice';
comment on column taskwho.missing_parents.failing is 'the same without those that are set aside';

-- as reports list them
create index if not exists missing_parents_failing_idx
on taskwho.missing_parents (parent, salesforce_id collate "C") where failing > 0;

create table if not exists taskwho.waiting_counts (
    is_set_aside boolean not null,
    reasons text[] not null,
    relations bigint not null,
    primary key (is_set_aside, reasons)
);

-- the quarantined relations that miss no parent are tried on every run
do $taskwho$
begin
    create index if not exists failed_relations_no_parent_idx
    on taskwho.failed_relations (salesforce_id)
    where coalesce(
        missing_task_id, missing_contact_id, missing_created_by_id, missing_last_modified_by_id
    ) is null;
exception when insufficient_privilege then
    -- a quarantine that another role made is read as a whole for them
    null;
end
$taskwho$;
