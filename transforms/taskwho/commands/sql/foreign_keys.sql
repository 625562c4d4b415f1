-- What: how many foreign keys a table has.
-- Grain: one row. Reads: the catalog.
select count(*) as foreign_keys
from pg_constraint
where conrelid = %(table)s::regclass and contype = 'f'
