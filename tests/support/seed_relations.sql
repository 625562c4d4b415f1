-- The result's table as the seed service made it.
create table sf_taskwhorelations (
    id serial primary key,
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
    updated_at timestamp,
    constraint sf_taskwhorelations_salesforce_id_key unique (salesforce_id),
    constraint sf_taskwhorelations_relation_id_fkey
    foreign key (relation_id) references sf_contacts (salesforce_id),
    constraint sf_taskwhorelations_task_id_fkey
    foreign key (task_id) references sf_activities (salesforce_id),
    constraint sf_taskwhorelations_created_by_id_fkey
    foreign key (created_by_id) references sf_users (salesforce_id),
    constraint sf_taskwhorelations_last_modified_by_id_fkey
    foreign key (last_modified_by_id) references sf_users (salesforce_id)
);
