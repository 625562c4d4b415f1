-- What: the contacts' table, as in the service that this one replaces.
-- Grain: one row per Salesforce contact. Reads: nothing. Runs where there is no such table.
create table {table} (
    id uuid primary key,
    {key} varchar(18) not null unique,
    is_deleted boolean,
    first_name varchar(40),
    last_name varchar(80) not null,
    name varchar(121),
    email varchar(128),
    phone varchar(40),
    title varchar(128),
    sf_created_date timestamp,
    sf_last_modified_date timestamp,
    sf_system_modstamp timestamp,
    created_at timestamp,
    updated_at timestamp
);
