-- One table that is all of the database.
select :megabytes * 7000 as rows \gset
create table giant (
  id bigint not null,
  account int not null,
  amount numeric(14, 2),
  at timestamptz not null,
  note text
);
insert into giant
  select g, g % 100003, (g % 999983) / 100.0, timestamptz '2024-01-01' + g * interval '1 second', md5(g::text)
    from generate_series(1, :rows) g;
alter table giant add primary key (id);
create index on giant (account, at);
