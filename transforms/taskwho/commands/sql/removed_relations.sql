-- What: up to when Salesforce's list of removed relations has been read, and how many of the listed
-- relations are not marked as deleted yet.
-- Grain: one row. Reads: the journal, the removed relations.
select
    max(window_to) as read_until,
    (select count(*) from taskwho.deleted_relations where not is_applied) as not_marked
from taskwho.batches
where stream = 'task_relation_deletes' and outcome = 'complete' and not is_void
