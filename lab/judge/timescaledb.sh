# TimescaleDB 2.19: dimensions, jobs, odd schemas, inherited, reordered and attached things
version=17
user_kind=superuser
database=metrics
hypertables=true
prepare() { in_source dropdb -U postgres metrics; in_source psql -qXU postgres -c 'create database metrics owner judged'; as_superuser -c 'create extension timescaledb'; as_superuser -c 'grant create on schema public to judged'; }
load() {
  # Statement by statement: what this server's version refuses is passed over.
  as_owner -v ON_ERROR_STOP=0 <<'SQL'
create schema "odd ""schema""";
create role reader; create role writer login; grant writer to judged;
grant usage, create on schema "odd ""schema""" to writer;
-- Dropped and reordered columns before and after the chunks.
create table "odd ""schema""".m (gone int, ts timestamptz not null, dev text, v float8, gone2 text);
alter table "odd ""schema""".m drop column gone;
select public.create_hypertable('"odd ""schema""".m', 'ts', 'dev', 4, chunk_time_interval => interval '1 day');
insert into "odd ""schema""".m (ts, dev, v) select '2026-01-01'::timestamptz + i * interval '1 hour', 'd' || i % 7, i from generate_series(1, 200) i;
alter table "odd ""schema""".m drop column gone2; alter table "odd ""schema""".m add column added jsonb default '{"a": 1}'; alter table "odd ""schema""".m add column late int not null default 3;
insert into "odd ""schema""".m (ts, dev, v, added) select '2026-02-01'::timestamptz + i * interval '1 hour', 'd' || i % 7, i, null from generate_series(1, 100) i;
create unique index on "odd ""schema""".m (ts, dev, v); create index "partial ""index""" on "odd ""schema""".m (dev) where v > 10;
alter table "odd ""schema""".m add constraint positive check (v >= 0);
alter table "odd ""schema""".m set (fillfactor = 70);
alter table "odd ""schema""".m alter column dev set storage external, alter column v set statistics 300;
-- Three dimensions, an integer one, a date, a function for now.
create table multi (ts timestamptz not null, place int not null, other int not null, v numeric, primary key (ts, place, other));
select create_hypertable('multi', by_range('ts', interval '12 hours')); select add_dimension('multi', by_hash('place', 3)); select add_dimension('multi', by_range('other', 100));
insert into multi select '2026-01-01'::timestamptz + i * interval '3 hours', i % 5, i * 7 % 300, i from generate_series(1, 100) i;
create table by_int (t bigint not null, v text collate "C"); select create_hypertable('by_int', 't', chunk_time_interval => 1000, associated_table_prefix => 'my_prefix', associated_schema_name => 'odd "schema"', create_default_indexes => false);
insert into by_int select i * 37, repeat('x', i % 3000) from generate_series(1, 300) i;
create function int_now() returns bigint language sql stable as 'select 5000::bigint'; select set_integer_now_func('by_int', 'int_now');
create table by_date (d date not null, v int); select create_hypertable('by_date', 'd'); insert into by_date select '2026-01-01'::date + i, i from generate_series(1, 60) i;
create function part_of(jsonb) returns timestamptz language sql immutable as $$ select ($1 ->> 'ts')::timestamptz at time zone 'UTC' at time zone 'UTC' $$;
create table by_function (j jsonb not null, v int); select create_hypertable('by_function', 'j', time_partitioning_func => 'part_of', create_default_indexes => false);
insert into by_function select jsonb_build_object('ts', '2026-01-01'::date + i), i from generate_series(1, 30) i;
-- Foreign keys, triggers, rules, policies.
create table devices (id int primary key, name text); insert into devices select i, 'n' || i from generate_series(1, 10) i;
create table facts (ts timestamptz not null, device int references devices, v int, unique (ts, device)); select create_hypertable('facts', 'ts');
create function trg() returns trigger language plpgsql as 'begin new.v := new.v + 0; return new; end';
create trigger before_row before insert or update on facts for each row execute function trg();
create trigger on_update after update on facts for each row when (old.v is distinct from new.v) execute function trg();
insert into facts select '2026-01-01'::timestamptz + i * interval '1 day', i % 10 + 1, i from generate_series(1, 50) i;
create table to_hypertable (ts timestamptz, device int, foreign key (ts, device) references facts (ts, device)); insert into to_hypertable select ts, device from facts limit 5;
create table secret (ts timestamptz not null, owner name, v int); select create_hypertable('secret', 'ts'); insert into secret select '2026-01-01'::timestamptz + i * interval '1 day', 'reader', i from generate_series(1, 20) i;
alter table secret enable row level security; create policy own on secret to reader using (owner = current_user);
grant select on secret, facts to reader; grant select (v) on "odd ""schema""".m to reader; grant insert on multi to writer with grant option;
-- Chunks with properties of their own.
do $$ declare chunk regclass; begin
  select show_chunks('facts') into chunk limit 1; execute format('alter table %s set (autovacuum_enabled = false)', chunk);
  execute format('comment on table %s is ''one chunk''', chunk);
  select c into chunk from show_chunks('by_date', newer_than => '2026-02-01'::date) c order by 1 limit 1; execute format('alter table %s add constraint own_check check (v > -100)', chunk);
  execute format('grant select on %s to reader', chunk);
end $$;
select drop_chunks('by_date', older_than => '2026-01-20'::date);
-- Reordered by cluster, unlogged, empty, with identity and generated columns.
create table ident (id bigint generated always as identity, ts timestamptz not null, doubled bigint generated always as (v * 2) stored, v bigint, primary key (id, ts)); select create_hypertable('ident', 'ts'); insert into ident (ts, v) select '2026-01-01'::timestamptz + i * interval '1 day', i from generate_series(1, 20) i;
create table empty_one (ts timestamptz not null); select create_hypertable('empty_one', 'ts');
create table clustered (ts timestamptz not null, v int); select create_hypertable('clustered', 'ts'); insert into clustered select '2026-01-01'::timestamptz + i * interval '1 day', i from generate_series(1, 20) i; cluster clustered using clustered_ts_idx;
create table with_enum (ts timestamptz not null, e int4range, a text[], n numeric(20, 4) default 3); select create_hypertable('with_enum', 'ts'); insert into with_enum select '2026-01-01'::timestamptz + i * interval '1 day', int4range(i, i + 3), array['x', null, 'y'] from generate_series(1, 20) i;
-- Views of all sorts on them.
create view recent as select time_bucket('1 day', ts) as day, avg(v) from facts group by 1; create materialized view daily as select time_bucket('1 day', ts) as day, count(*) from multi group by 1; create unique index on daily (day);
-- Owned by somebody else.
set role writer; create table "odd ""schema""".of_writer (ts timestamptz not null, v int); select create_hypertable('"odd ""schema""".of_writer', 'ts'); insert into "odd ""schema""".of_writer select '2026-01-01'::timestamptz + i * interval '1 day', i from generate_series(1, 20) i; reset role;
-- Migrated with its rows, and a plain inherited and a partitioned table next to them.
create table migrated (ts timestamptz not null, v int); insert into migrated select '2026-01-01'::timestamptz + i * interval '1 day', i from generate_series(1, 40) i; select create_hypertable('migrated', 'ts', migrate_data => true);
create table parent (a int); create table child (b int) inherits (parent); insert into child values (1, 2); insert into parent values (3);
create table parts (k int, v text) partition by range (k); create table parts_1 partition of parts for values from (0) to (10); insert into parts values (1, 'x');
SQL
}
