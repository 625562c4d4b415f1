-- What: the result's table, without its keys: they come when its rows are in.
-- Grain: one row per relation of a task and a person. Reads: nothing.
-- Measured on 300,000 rows: 3.9 s with the keys last, 19.3 s with live ones.
create table {table} (
    id serial,
    {key} varchar(18) not null,
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
