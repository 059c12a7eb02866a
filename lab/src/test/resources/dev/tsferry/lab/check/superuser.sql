-- What the source's master user may not touch, and what only a superuser can make.
create schema private;
create table private.ledger (id int primary key);
create sequence public.hidden_number;
create table public.hidden (id int);
create table public.guarded (id int);
grant select on public.guarded to orders_admin;
alter table public.guarded enable row level security;
select lo_create(4711);

create function public.watcher() returns event_trigger language plpgsql as 'begin end';
create event trigger watch on ddl_command_end execute function public.watcher();
create function public.inside() returns int language internal as 'pg_backend_pid';
create function public.tight(int) returns int language sql immutable leakproof as 'select $1';
create type public.span as range (subtype = int4);
create aggregate public.product(numeric) (sfunc = numeric_mul, stype = numeric);
create type public.bare;
create function public.bare_in(cstring) returns public.bare language internal immutable strict as 'textin';
create function public.bare_out(public.bare) returns cstring language internal immutable strict as 'textout';
create type public.bare (input = public.bare_in, output = public.bare_out, like = text);
create operator family public.odd_family using btree;
create operator class public.odd_class for type int4 using hash as function 1 hashint4(int4);
create cast (public.bare as text) without function;
create access method heap_again type table handler heap_tableam_handler;
create foreign data wrapper nothing;
create server elsewhere foreign data wrapper nothing;
create foreign table public.remote (id int) server elsewhere;
create text search parser public.odd_parser (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search template public.odd_template (lexize = dsimple_lexize);
create language odd_language handler plpgsql_call_handler;

create publication everything for all tables;
create subscription news connection 'host=nowhere' publication everything
  with (connect = false, slot_name = none, enabled = false);
select pg_create_physical_replication_slot('reader');

set allow_system_table_mods = on;
insert into pg_seclabel values ('public.hidden'::regclass, 'pg_class'::regclass, 0, 'nobody', 'secret');
insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
  values (900001, 'aws_s3', 10, 2200, false, '1.1'), (900002, 'no_such_extension', 10, 2200, false, '1.0');
create collation pg_catalog.only_here (locale = 'C');
create schema tools;
create extension pg_stat_statements schema tools;
create extension pageinspect;
create extension citext;
create table public.made (id int);
insert into public.made values (1), (2);
grant select on public.made to public;
alter extension citext add table public.made;
update pg_extension set extconfig = array['public.made'::regclass]::oid[], extcondition = array['where id > 1'] where extname = 'citext';
