-- Ten thousand tables of twenty rows, each with a primary key: whatever is done once for each table shows.
select format('create table many_%s (id bigint primary key, body text);
  insert into many_%1$s select g, md5(g::text) from generate_series(1, 20) g', i)
  from generate_series(1, 10000) i \gexec
