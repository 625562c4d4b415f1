-- What: an Id of 15 characters, of which the API sends 18. Grain: one row at most.
-- Reads: a table of the user's.
select {key}::text as id
from {table}
where length({key}::text) = 15
limit 1
