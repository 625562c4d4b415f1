-- What: waiting rows that are tried again, as they landed once.
-- Grain: one row per key. Reads: the candidates, the quarantine.
create temporary table {retried} on commit drop as
select
    waiting.salesforce_id as key,
    {values}
from {candidates} as candidate
join taskwho.quarantine as waiting
    on waiting.stream = {stream} and waiting.salesforce_id = candidate.key;
