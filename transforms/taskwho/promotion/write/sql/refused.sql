-- What: room for the rows that the user's table does not take. Grain: one row per key.
-- Reads: nothing. No SQLSTATE means that a trigger swallowed the row.
create temporary table {refused} (
    key text not null,
    sqlstate text,
    message text,
    constraint_name text,
    column_name text
) on commit drop;
