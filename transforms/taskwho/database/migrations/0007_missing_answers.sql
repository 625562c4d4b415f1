-- What: what Salesforce answered about parents that waiting rows miss, so that it is asked once in
-- seven days, and a view that shows it beside the rows that wait.
-- Grain: missing_answers, one row per parent; why_missing, one row per field of a waiting row.
-- Reads: nothing.
create table taskwho.missing_answers (
    parent text not null,
    parent_id text not null,
    found text not null,
    merged_into text,
    created_at timestamptz,
    asked_at timestamptz not null,
    primary key (parent, parent_id)
);
comment on table taskwho.missing_answers is
'What Salesforce answered about parents that waiting rows miss, one row per parent. Good for seven'
' days. Written by post-load and `taskwho why --live`. Public.';
comment on column taskwho.missing_answers.parent is
'Stream of the parent.';
comment on column taskwho.missing_answers.parent_id is
'Id of the parent.';
comment on column taskwho.missing_answers.found is
'live, inactive (a user), archived (a task), recycle_bin, merged (a contact), or nothing: hidden'
' from the integration user, or gone.';
comment on column taskwho.missing_answers.merged_into is
'Id of the contact that it was merged into.';
comment on column taskwho.missing_answers.created_at is
'Time at which it was created in Salesforce.';
comment on column taskwho.missing_answers.asked_at is
'Time of the answer.';

create view taskwho.why_missing as
select
    missing.stream,
    missing.salesforce_id,
    missing.field,
    missing.parent,
    missing.parent_id,
    answers.found,
    answers.merged_into,
    answers.created_at,
    answers.asked_at
from taskwho.missing_references as missing
left join taskwho.missing_answers as answers
    on answers.parent = missing.parent and answers.parent_id = missing.parent_id;
comment on view taskwho.why_missing is
'Waiting rows with the parents that they miss, and what Salesforce answered about each, one row per'
' field. Public.';
comment on column taskwho.why_missing.stream is
'Stream of the waiting record.';
comment on column taskwho.why_missing.salesforce_id is
'Id of the waiting record.';
comment on column taskwho.why_missing.field is
'Field that refers to the parent.';
comment on column taskwho.why_missing.parent is
'Stream of the parent.';
comment on column taskwho.why_missing.parent_id is
'Id of the parent.';
comment on column taskwho.why_missing.found is
'What Salesforce answered, as in missing_answers; null where it was not asked.';
comment on column taskwho.why_missing.merged_into is
'Id of the contact that it was merged into.';
comment on column taskwho.why_missing.created_at is
'Time at which it was created in Salesforce.';
comment on column taskwho.why_missing.asked_at is
'Time of the answer.';
