-- What: the users' table, as in the service that this one replaces.
-- Grain: one row per Salesforce user. Reads: nothing. Runs where there is no such table.
create table {table} (
    id serial primary key,
    {key} varchar(18) not null unique,
    username varchar(80) not null,
    first_name varchar(40),
    last_name varchar(80) not null,
    name varchar(121) not null,
    email varchar(128) not null,
    is_profile_photo_active boolean not null,
    sf_created_date timestamp not null,
    sf_last_modified_date timestamp not null,
    sf_system_modstamp timestamp not null,
    created_at timestamp,
    updated_at timestamp
);
