-- What: how many versions of a record have landed and wait for the next post-load.
-- Grain: one row. Reads: a landing table.
select count(*) as versions from {table} where "Id" = %(record_id)s
