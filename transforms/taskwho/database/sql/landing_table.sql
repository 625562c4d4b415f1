-- What: a landing table: text columns, and the order of landing by a default.
-- Grain: one row per landed record. Reads: nothing.
-- Migration 0012_landing_without_autovacuum.sql says why autovacuum is off.
create table {table} (
    {column_definitions},
    landed_seq bigint default nextval('taskwho.landed_seq')
)
with (autovacuum_enabled = false)
