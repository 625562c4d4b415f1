-- What: where the limit COPYs to, typed, so that PostgreSQL casts every value once.
-- Grain: one row per relation. Reads: nothing.
create table staging (
    salesforce_id varchar(18) not null,
    is_deleted boolean not null,
    type varchar(50),
    relation_id varchar(18),
    task_id varchar(18),
    created_by_id varchar(18) not null,
    last_modified_by_id varchar(18) not null,
    sf_created_date timestamp not null,
    sf_last_modified_date timestamp not null,
    sf_system_modstamp timestamp not null
);
