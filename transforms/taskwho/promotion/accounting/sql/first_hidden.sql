-- What: what is said of a relation that waits for a field that was not read. Grain: one row.
-- Reads: the quarantine.
select error
from taskwho.quarantine
where stream = {stream} and not is_set_aside and {reason} = any(reasons)
limit 1
