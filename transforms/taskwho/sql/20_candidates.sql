-- What is judged. Grain: one row per Salesforce Id.
-- Reads: landed_task_who_relations (this transaction's copy of the inbox), the quarantine.
create temporary table candidate on commit drop as
with landed as (
    select distinct on (salesforce_key) *
    from (
        select
            coalesce("Id", 'no-id:' || md5(inbox::text)) as salesforce_key,
            inbox.*
        from landed_task_who_relations as inbox
    ) as keyed
    -- ties: the last landed; text compares as Salesforce's stamps do
    order by salesforce_key, pg_temp.to_moment("SystemModstamp") desc nulls last, landed_order desc
),

waiting as (
    select
        failed.salesforce_id as salesforce_key,
        field.*
    from taskwho.failed_relations as failed
    cross join lateral jsonb_to_record(failed.record) as field (
        "Id" text, "IsDeleted" text, "Type" text, "RelationId" text, "TaskId" text,
        "CreatedById" text, "LastModifiedById" text,
        "CreatedDate" text, "LastModifiedDate" text, "SystemModstamp" text
    )
    where not exists (
        select 1 from landed where landed.salesforce_key = failed.salesforce_id
    )
),

together as (
    select
        salesforce_key, true as has_landed, "Id", "IsDeleted", "Type", "RelationId", "TaskId",
        "CreatedById", "LastModifiedById", "CreatedDate", "LastModifiedDate", "SystemModstamp"
    from landed
    union all
    select
        salesforce_key, false as has_landed, "Id", "IsDeleted", "Type", "RelationId", "TaskId",
        "CreatedById", "LastModifiedById", "CreatedDate", "LastModifiedDate", "SystemModstamp"
    from waiting
)

select
    together.*,
    failed.salesforce_id is not null as was_waiting,
    -- casts, once
    pg_temp.to_truth(together."IsDeleted") as is_deleted,
    pg_temp.to_moment(together."CreatedDate") as created_date,
    pg_temp.to_moment(together."LastModifiedDate") as last_modified_date,
    pg_temp.to_moment(together."SystemModstamp") as system_modstamp
from together
left join taskwho.failed_relations as failed
    on failed.salesforce_id = together.salesforce_key
