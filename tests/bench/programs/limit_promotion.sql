-- What: relations whose parents are there, then the keys, as the product's first load makes them.
-- Grain: one row per relation. Reads: staging, the parents' tables.
create table sf_taskwhorelations (
    id serial,
    salesforce_id varchar(18) not null,
    is_deleted boolean not null,
    type varchar(50),
    relation_id varchar(18),
    task_id varchar(18),
    created_by_id varchar(18) not null,
    last_modified_by_id varchar(18) not null,
    sf_created_date timestamp not null,
    sf_last_modified_date timestamp not null,
    sf_system_modstamp timestamp not null,
    created_at timestamp,
    updated_at timestamp
);

insert into sf_taskwhorelations (
    salesforce_id, is_deleted, type, relation_id, task_id, created_by_id, last_modified_by_id,
    sf_created_date, sf_last_modified_date, sf_system_modstamp, created_at, updated_at
)
select
    s.salesforce_id,
    s.is_deleted,
    s.type,
    s.relation_id,
    s.task_id,
    s.created_by_id,
    s.last_modified_by_id,
    s.sf_created_date,
    s.sf_last_modified_date,
    s.sf_system_modstamp,
    now(),
    now()
from staging as s
join sf_activities as a on a.salesforce_id = s.task_id
join sf_contacts as c on c.salesforce_id = s.relation_id
join sf_users as author on author.salesforce_id = s.created_by_id
join sf_users as editor on editor.salesforce_id = s.last_modified_by_id;

alter table sf_taskwhorelations add primary key (id);
alter table sf_taskwhorelations
add constraint sf_taskwhorelations_salesforce_id_key unique (salesforce_id);
create index on sf_taskwhorelations (task_id);
create index on sf_taskwhorelations (relation_id);
create index on sf_taskwhorelations (created_by_id);
create index on sf_taskwhorelations (last_modified_by_id);
alter table sf_taskwhorelations add foreign key (task_id)
references sf_activities (salesforce_id);
alter table sf_taskwhorelations add foreign key (relation_id)
references sf_contacts (salesforce_id);
alter table sf_taskwhorelations add foreign key (created_by_id)
references sf_users (salesforce_id);
alter table sf_taskwhorelations add foreign key (last_modified_by_id)
references sf_users (salesforce_id);
