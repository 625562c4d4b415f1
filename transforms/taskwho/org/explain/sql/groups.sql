-- What: the missing parents by cause: how many there are, how many rows wait for any of them, and
-- how many of these wait for nothing else.
-- Grain: one row per parent's stream and cause. Reads: the causes, what waiting rows miss, their
-- reasons.
with referred as (
    select distinct
        missing.stream,
        missing.salesforce_id,
        missing.parent,
        coalesce(causes.cause, 'not_asked') as cause
    from taskwho.missing_references as missing
    left join missing_causes as causes
        on causes.parent = missing.parent and causes.parent_id = missing.parent_id
    where not missing.is_set_aside
),

alone as (
    select
        referred.stream,
        referred.salesforce_id
    from referred
    join taskwho.quarantine as waiting
        on waiting.stream = referred.stream and waiting.salesforce_id = referred.salesforce_id
    where waiting.reasons <@ {missing}::text[]
    group by referred.stream, referred.salesforce_id
    having count(*) = 1
),

relations as (
    select
        referred.parent,
        referred.cause,
        count(*) as relations,
        count(alone.salesforce_id) as brings_in
    from referred
    left join alone
        on alone.stream = referred.stream and alone.salesforce_id = referred.salesforce_id
    group by referred.parent, referred.cause
),

parents as (
    select
        missing.parent,
        coalesce(causes.cause, 'not_asked') as cause,
        count(*) as ids,
        (
            array_agg(
                missing.parent_id
                order by causes.relations desc nulls last, missing.parent_id collate "C"
            )
        )[1] as example
    from taskwho.missing_parents as missing
    left join missing_causes as causes
        on causes.parent = missing.parent and causes.parent_id = missing.parent_id
    where not missing.is_set_aside
    group by missing.parent, coalesce(causes.cause, 'not_asked')
)

select
    parents.parent,
    parents.cause,
    parents.ids,
    relations.relations,
    relations.brings_in,
    parents.example
from parents
join relations on relations.parent = parents.parent and relations.cause = parents.cause
