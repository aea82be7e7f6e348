-- How long a grant holds besides a moment, what somebody chose last for an app, and what nobody answered.

alter table grants add column login varchar(200);

create table habits (
    app   varchar(255) primary key,
    width varchar(20) not null,
    span  varchar(20) not null
);

create table unanswered (
    id         bigint generated always as identity primary key,
    app        varchar(255)  not null,
    resource   varchar(4200) not null,
    access     varchar(100)  not null,
    closed     int           not null,
    last_asked timestamp(9) with time zone not null,
    waiting    boolean       not null,
    constraint one_row_per_app_and_resource unique (app, resource)
);
