-- What: the missing parents that Salesforce has not been asked about for so long, the worst first.
-- Grain: one row per parent. Reads: the ranked parents, the answers.
select
    ranked.parent,
    ranked.parent_id
from missing_ranked as ranked
left join taskwho.missing_answers as answers
    on answers.parent = ranked.parent
    and answers.parent_id = ranked.parent_id
    and answers.asked_at > now() - %(good_for)s::interval
where answers.parent is null and not ranked.waits_itself
order by ranked.relations desc, ranked.parent, ranked.parent_id collate "C"
