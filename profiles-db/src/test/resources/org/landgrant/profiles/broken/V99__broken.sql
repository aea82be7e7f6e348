create table half (id int);
alter table nowhere add column note varchar;
