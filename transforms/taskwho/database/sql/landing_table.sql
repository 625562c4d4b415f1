-- What: a landing table: text columns, and the order of landing by a default.
-- Grain: one row per landed record. Reads: nothing.
-- Without autovacuum, as 0012_landing_without_autovacuum.sql explains.
create table {table} (
    {column_definitions},
    landed_seq bigint default nextval('taskwho.landed_seq')
)
with (autovacuum_enabled = false)
