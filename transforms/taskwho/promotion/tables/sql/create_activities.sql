-- What: the activities' table, as in the service that this one replaces.
-- Grain: one row per Salesforce task. Reads: nothing. Runs where there is no such table.
create table {table} (
    id uuid primary key,
    {key} varchar(18) not null unique,
    type varchar(50),
    subject varchar(255),
    activity_date date,
    status varchar(255) not null,
    priority varchar(20) not null,
    is_high_priority boolean not null,
    is_deleted boolean not null,
    is_closed boolean not null,
    is_archived boolean not null,
    owner_id varchar(18) not null,
    created_by_id varchar(18) not null,
    last_modified_by_id varchar(18) not null,
    sf_created_date timestamp not null,
    sf_last_modified_date timestamp not null,
    sf_system_modstamp timestamp not null,
    created_at timestamp,
    updated_at timestamp
);
-- who does what, and when: how the result is read
create index on {table} (owner_id, activity_date);
