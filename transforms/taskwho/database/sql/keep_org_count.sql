-- What: Salesforce's count of the relations, and where they are. Grain: one row per result table.
-- Reads: nothing.
insert into taskwho.org_counts (
    table_schema, table_name, counted_at, counted_by, in_org, in_table, waiting, set_aside
)
values (
    %(schema)s, %(name)s, %(counted_at)s, %(counted_by)s, %(in_org)s, %(in_table)s, %(waiting)s,
    %(set_aside)s
)
on conflict (table_schema, table_name) do update
    set
        counted_at = excluded.counted_at,
        counted_by = excluded.counted_by,
        in_org = excluded.in_org,
        in_table = excluded.in_table,
        waiting = excluded.waiting,
        set_aside = excluded.set_aside
