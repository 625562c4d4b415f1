-- What: each row with the parents that it misses and the version that is stored. What it was read
-- without is as it is stored.
-- Grain: one row per key. Reads: the cast rows, the parents, the user's table.
-- A join per parent: `exists (…) or exists (…)` was measured to scan.
create temporary view {compared} as
select
    version.record_at,
    version.key,
    version.is_retried,
    {values},
    version.unread,
    version.nulls,
    {hidden} as hidden,
    case when {lacks_parent} then {missing} end as missing,
    case when version.invalid is not null or {lacks_parent} then {unfit} end as unfit,
    {is_deleted} as becomes_deleted,
    stored.{key} is not null as is_stored,
    {was_deleted} as was_deleted,
    {is_newer} as is_newer,
    {is_equal} as is_equal,
    {is_equal} and {differs} as differs,
    pg_temp.once() as is_compared_once
from {cast} as version
{parents}
{stored};
