-- What: all rows that went in or are stored already, for a file of them.
-- Grain: some hundreds of lines, one JSON object a line. Reads: successes.
-- A message for each record takes longer than the record: 1.1 s for 300,000, against 0.5 s.
select chunk.lines
from
    generate_series(
        0, pg_relation_size({classified_name}::regclass) / current_setting('block_size')::bigint, 10
    ) as page
cross join
    lateral (
        select string_agg(record, e'\n') || e'\n' as lines
        from successes
        where
            place >= format('(%s,0)', page)::tid
            and place < format('(%s,0)', page + 10)::tid
    ) as chunk
where chunk.lines is not null
