-- Which parents failed relations lack. Grain: one row per kind and Id. Reads: work.
select key as kind, missing_id, count(*) over (partition by key) as total
from (
    select distinct key, missing_id
    from work
    cross join lateral jsonb_each_text(missing_ids)
    cross join lateral unnest(string_to_array(value, ' ')) as missing_id
    where action = 'failed' and reasons && array['missing_task', 'missing_contact', 'missing_user']
) as distinct_ids
order by kind, missing_id
