# A database whose roles are left out: policies, privileges, defaults and owners that name them
options=(--no-roles)
load() {
  as_owner <<'SQL'
create role app; create role reader login; grant app to judged;
create schema s; grant usage, create on schema s to app; grant usage on schema s to reader;
alter default privileges in schema s grant select on tables to reader;
alter default privileges for role app grant select on tables to reader;
set role app; create table s.of_app (id int primary key, who name); insert into s.of_app values (1, 'reader'), (2, 'x'); create view s.v as select * from s.of_app;
create function s.f() returns int language sql security definer as 'select 1'; revoke execute on function s.f() from public; reset role;
create table s.t (id int primary key, who name); insert into s.t values (1, 'reader'), (2, 'x'); grant select (id) on s.t to reader; grant all on s.t to app with grant option;
alter table s.t enable row level security; create policy p on s.t to judged using (who = current_user); create policy q on s.t to public using (id > 1);
alter role reader set work_mem = '9MB'; alter role reader in database no_roles set search_path = s;
create type s.e as enum ('a'); grant usage on type s.e to app; comment on role reader is 'reads';
select lo_from_bytea(900001, 'x'); grant select on large object 900001 to reader;
SQL
}
