alter table settings add column note varchar;
