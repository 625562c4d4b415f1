-- What: why each of the ranked parents is missing.
-- Grain: one row per parent. Reads: the ranked parents, the answers that are good, the parents'
-- tables by what is known of them: where each ends, and whether this run has read all of it.
create temporary table missing_causes on commit drop as
select
    ranked.parent,
    ranked.parent_id,
    ranked.relations,
    answers.merged_into,
    answers.asked_at,
    case
        when ranked.waits_itself then 'waits_itself'
        when answers.found = 'nothing' then 'hidden_or_gone'
        when answers.found in ('merged', 'recycle_bin') then answers.found
        when answers.created_at > tables.ended_at then 'newer'
        when answers.found in ('inactive', 'archived') then answers.found
        when answers.found is not null and tables.ended_at is null then 'there'
        when answers.found is not null then 'left_out'
        when ranked.made_at > tables.ended_text then 'newer'
        when tables.is_read_whole then 'hidden_or_gone'
        else 'not_asked'
    end as cause
from missing_ranked as ranked
join {tables}
    on tables.parent = ranked.parent
left join taskwho.missing_answers as answers
    on answers.parent = ranked.parent
    and answers.parent_id = ranked.parent_id
    and answers.asked_at > now() - {good_for}::interval;
