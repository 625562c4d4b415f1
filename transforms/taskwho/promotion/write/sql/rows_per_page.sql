-- What: how many classified rows lie on a page, by its statistics. Grain: one row.
-- Reads: the catalog.
select greatest(1, reltuples / greatest(1, relpages))::integer as rows_per_page
from pg_catalog.pg_class
where oid = {classified_name}::regclass
