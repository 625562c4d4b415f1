-- What: the rows to classify, every value cast strictly; what does not fit is named.
-- Grain: one row per key. Reads: those rows, as they landed.
-- A view and no table: the work is done where it is read, by several processes if need be.
create temporary view {cast} as
select
    record_at,
    key,
    is_retried,
    {fields},
    {unread} as unread,
    case when {lacks_value} then {nulls} end as nulls,
    case when {lacks_fit} then {invalid} end as invalid
from {converted} as converted;
