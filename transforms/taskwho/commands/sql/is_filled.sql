-- What: whether a table has any row.
-- Grain: one row. Reads: the table.
select exists(select from {table}) as is_filled
