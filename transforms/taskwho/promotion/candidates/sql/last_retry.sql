-- What: how the last promotion found a stream's table, and where it stopped trying waiting rows.
-- Grain: one row, none before the first promotion. Reads: the promoted tables.
select
    definition,
    retried_to
from taskwho.promoted_tables
where stream = {stream}
