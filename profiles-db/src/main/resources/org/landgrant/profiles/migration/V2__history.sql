-- What happened: sessions, refusals, questions, answers, changes.

create table events (
    id         bigint generated always as identity primary key,
    kind       varchar(20)  not null,
    app        varchar(255) not null,
    resource   varchar(4200),
    access     varchar(100) not null,
    first_seen timestamp(9) with time zone not null,
    last_seen  timestamp(9) with time zone not null,
    times      bigint       not null,
    who        varchar(20)  not null,
    was        varchar(1000),
    became     varchar(1000)
);

create index events_by_age on events (last_seen, id);
