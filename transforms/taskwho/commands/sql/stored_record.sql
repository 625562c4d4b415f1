-- What: a record as its table holds it.
-- Grain: one row, none where the table does not hold it. Reads: the result or a parent.
select * from {table} where {key} = %(record_id)s
