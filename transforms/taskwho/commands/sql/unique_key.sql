-- What: whether a column of a table is unique by itself, so that foreign keys can refer to it.
-- Grain: one row. Reads: the catalog.
select exists(
    select from pg_index
    inner join pg_attribute on attrelid = indrelid and attnum = indkey[0]
    where
        indrelid = %(table)s::regclass
        and indisunique
        and indnkeyatts = 1
        and indpred is null
        and attname = %(column)s
) as is_unique
