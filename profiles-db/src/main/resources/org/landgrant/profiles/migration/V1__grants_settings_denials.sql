-- What the user decided, what the user chose per app, and what apps were refused.

create table grants (
    id          bigint generated always as identity primary key,
    app         varchar(255)  not null,
    resource    varchar(4200) not null,
    access      varchar(100)  not null,
    decision    varchar(20)   not null,
    holds_until timestamp(9) with time zone,
    origin      varchar(20)   not null,
    created     timestamp(9) with time zone not null,
    last_used   timestamp(9) with time zone,
    times_asked int           not null,
    constraint one_grant_per_app_and_resource unique (app, resource)
);

create table settings (
    app              varchar(255) primary key,
    confined         boolean not null,
    partial_accepted boolean not null
);

create table denials (
    id         bigint generated always as identity primary key,
    app        varchar(255)  not null,
    resource   varchar(4200) not null,
    access     varchar(20)   not null,
    program    varchar       not null,
    times      bigint        not null,
    first_seen timestamp(9) with time zone not null,
    last_seen  timestamp(9) with time zone not null,
    constraint one_denial_per_key unique (app, resource, access)
);

create index denials_by_age on denials (last_seen, id);
