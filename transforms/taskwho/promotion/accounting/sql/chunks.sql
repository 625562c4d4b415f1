-- What: lines, some hundreds in one text: a message for each record takes longer than the record.
-- Grain: one row per 500 lines. Reads: the query of the lines.
select string_agg(placed.record, '') as lines
from (
    select
        listed.record,
        row_number() over () / 500 as chunk
    from ({lines}) as listed
) as placed
group by placed.chunk
