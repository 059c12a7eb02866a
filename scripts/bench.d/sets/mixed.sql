-- An application: a giant, two of its size together, and small ones; keys, indexes, text, jsonb and large values.
select :megabytes * 2500 as rows \gset
create table customers as
  select g as id, 'customer ' || g as name, md5(g::text) || '@example.test' as email,
         timestamptz '2020-01-01' + g * interval '1 minute' as created_at
    from generate_series(1, :rows / 40) g;
create table orders as
  select g as id, 1 + g % (:rows / 40) as customer_id, (g % 97)::numeric(12, 2) * 1.17 as total,
         (array['new', 'paid', 'sent'])[1 + g % 3] as state, timestamptz '2022-01-01' + g * interval '7 s' as at,
         repeat(md5(g::text), 2) as note
    from generate_series(1, :rows) g;
create table order_lines as
  select g as id, 1 + g % :rows as order_id, g % 1000 as product_id, g % 7 as quantity, g / 3.0 as price
    from generate_series(1, :rows) g;
create table events as
  select g as id, jsonb_build_object('kind', g % 5, 'user', g % 1000, 'tags', array[g, g + 1], 'at', g) as body
    from generate_series(1, :rows / 4) g;
create table documents as
  select g as id, (select string_agg(md5((g * 100 + i)::text), '') from generate_series(1, 300) i) as content
    from generate_series(1, :rows / 500) g;
select format('create table small_%s as select g as id, md5(g::text) as t from generate_series(1, 100) g', i)
  from generate_series(1, 20) i \gexec
alter table customers add primary key (id);
alter table orders add primary key (id);
alter table order_lines add primary key (id);
alter table events add primary key (id);
alter table documents add primary key (id);
create unique index on customers (email);
create index on orders (customer_id);
create index on orders (at);
create index on order_lines (order_id);
create index on events using gin (body);
alter table orders add foreign key (customer_id) references customers;
alter table order_lines add foreign key (order_id) references orders;
