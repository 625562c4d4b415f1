-- What: Salesforce's last count of the relations. Grain: one row, none where it never counted.
-- Reads: the org's counts.
select
    counted_at,
    counted_by,
    in_org,
    in_table,
    waiting,
    set_aside
from taskwho.org_counts
where table_schema = %(schema)s and table_name = %(name)s
