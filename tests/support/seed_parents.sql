-- The parents' tables as the seed service left them, with the columns a reader needs.
create table sf_users (
    id serial primary key,
    salesforce_id varchar(18) not null unique,
    username varchar(80) not null,
    last_name varchar(80) not null,
    name varchar(121) not null,
    email varchar(128) not null,
    is_profile_photo_active boolean not null,
    sf_created_date timestamp not null,
    sf_last_modified_date timestamp not null,
    sf_system_modstamp timestamp not null
);

create table sf_contacts (
    id uuid primary key,
    salesforce_id varchar(18) not null unique,
    first_name varchar(40),
    last_name varchar(80) not null,
    name varchar(121),
    email varchar(80),
    phone varchar(40),
    title varchar(128),
    sf_system_modstamp timestamp
);

create table sf_activities (
    id uuid primary key,
    salesforce_id varchar(18) not null unique,
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
    type varchar(50)
);
