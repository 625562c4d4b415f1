-- How many relations of the work failed, by reason. Grain: one row per reason. Reads: work.
select reason, count(*) filter (where has_landed) as landed, count(*) as standing
from work
cross join lateral unnest(reasons) as reason
where action in ('failed', 'suppressed')
group by reason
order by reason
