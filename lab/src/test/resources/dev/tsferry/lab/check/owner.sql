-- What the master user itself makes.
create table public.forced (id int);
alter table public.forced enable row level security;
alter table public.forced force row level security;
create unlogged table public.scratch (id int);
select lo_from_bytea(4712, 'x');
create table public.words (word text collate pg_catalog.only_here);
create table public.factors (factor int);
create function public.best() returns int language plpgsql stable as
  $$ begin return (select max(factor) from factors); end $$;
create function public.good(int) returns boolean language plpgsql immutable as
  $$ begin return $1 >= coalesce((select min(factor) from factors), 0); end $$;
create function public.safe(int) returns boolean language plpgsql immutable set search_path = public as
  $$ begin return $1 >= coalesce((select min(factor) from factors), 0); end $$;
create table public.checked (n int check (public.good(n)), m int check (public.safe(m)));
create materialized view public.summary as select public.best() as best;

create table public.metrics (ts timestamptz not null, device int, value float8);
insert into public.metrics
  select timestamptz '2026-01-01 00:00+00' + i * interval '30 seconds', i % 100, i from generate_series(1, 200000) i;
create table public.visits (id bigint primary key, at timestamptz not null);
insert into public.visits
  select i, timestamptz '2026-01-01 00:00+00' + i * interval '1 minute' from generate_series(1, 120000) i;
create table public.people (id bigint primary key, born date not null);
insert into public.people
  select i, date '1950-01-01' + ((i * 7919) % 20000)::int from generate_series(1, 120000) i;
-- Time as a number of milliseconds, next to a number that only counts.
create table public.epochs (at bigint not null, n bigint not null, value int);
insert into public.epochs
  select 1767225600000 + i * 30000::bigint, i, i % 7 from generate_series(1, 110000) i;
analyze public.metrics, public.visits, public.people, public.epochs;
