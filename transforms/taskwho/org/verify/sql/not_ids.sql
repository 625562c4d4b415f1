-- What: keys of live rows in the table that cannot be Ids of Salesforce.
-- Grain: one row per key. Reads: the result.
select {key}::text as id
from {target} as stored
where {is_live} and (length({key}::text) <> 18 or {key}::text ~ '[^a-zA-Z0-9]')
