-- What: when Salesforce removed a relation.
-- Grain: one row, none where Salesforce does not list it. Reads: the removed relations.
select deleted_at from taskwho.deleted_relations where salesforce_id = %(record_id)s
