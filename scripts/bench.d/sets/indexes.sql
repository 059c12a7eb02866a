-- Ten tables with nine indexes each, and foreign keys from each to the two before it.
select :megabytes * 230 as rows \gset
select format('create table t%s as
    select g as id, 1 + g %% (%s - 1) as a, 1 + (g * 7919::bigint) %% (%2$s - 1) as b, md5(g::text) as word,
           timestamptz ''2024-01-01'' + g * interval ''1 minute'' as at, g %% 1000 as c, (g %% 777) / 7.0 as d
      from generate_series(1, %2$s) g', i, :rows)
  from generate_series(1, 10) i \gexec
select format('alter table t%s add primary key (id)', i) from generate_series(1, 10) i \gexec
select format('create index on t%s (%s)', i, columns)
  from generate_series(1, 10) i, unnest(array['a', 'b', 'word', 'at', 'c', 'd', 'c, at', 'lower(word)']) columns \gexec
select format('alter table t%s add foreign key (%s) references t%s', i, key, i - before)
  from generate_series(1, 10) i, (values ('a', 1), ('b', 2)) k (key, before) where i > before \gexec
