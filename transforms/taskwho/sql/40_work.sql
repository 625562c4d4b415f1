-- What is done with each candidate. Grain: one row per Id, numbered for the chunks.
-- Reads: judged.
create temporary table work on commit drop as
with decided as (
    select
        judged.*,
        reasons && array['invalid_value', 'null_value'] as is_broken,
        coalesce("Type" = 'Lead' or "RelationId" like '00Q%', false) as is_lead,
        system_modstamp > stored_modstamp
            or (system_modstamp = stored_modstamp and differs and has_landed) as is_newer
    from judged
)

select
    decided.*,
    case
        when is_broken then 'failed'
        when is_lead then 'set_aside'
        when cardinality(reasons) > 0 and is_deleted and not is_stored then 'set_aside'
        when cardinality(reasons) > 0 and is_deleted and is_newer then 'delete'
        when cardinality(reasons) > 0 and is_deleted then 'unchanged'
        when cardinality(reasons) > 0 then 'failed'
        when not is_stored then 'insert'
        when is_newer then 'update'
        else 'unchanged'
    end as action,
    null::text as detail,
    row_number() over (order by salesforce_key) as place
from decided
