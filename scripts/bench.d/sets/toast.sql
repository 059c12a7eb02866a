-- Large values out of line, hardly to be compressed: 10 kB to 500 kB each.
select :megabytes * 1000 / 80 as rows \gset
create table files (id bigint not null, name text not null, content bytea);
alter table files alter content set storage external;
insert into files
  select g, 'file ' || g, (select decode(string_agg(md5((g * 100003 + i)::text), ''), 'hex')
      from generate_series(1, case when g % 20 = 0 then 32000 else 640 + (g % 7) * 1000 end) i)
    from generate_series(1, :rows) g;
alter table files add primary key (id);
create index on files (name);
