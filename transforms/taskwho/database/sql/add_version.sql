-- What: one migration more.
-- Grain: one row. Reads: nothing.
insert into taskwho.schema_version (number, name, release)
values (%(number)s, %(name)s, %(release)s)
