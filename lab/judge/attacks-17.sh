# What came to mind to break a migration from PostgreSQL 17: hostile names, odd grants, extensions with members of others
version=17
database="we\"ird 'db' \$\$ 😀"
prepare() { as_platform -c 'create extension postgis' -c 'create extension citext' -c 'create extension postgres_fdw'; }
load() {
  as_superuser <<'SQL'
create extension postgis; create extension hstore; create extension postgres_fdw; create extension citext; create extension pg_trgm;
grant usage on foreign data wrapper postgres_fdw to judged;
grant select, insert, delete on spatial_ref_sys to judged;
create role "super's own" superuser;
create function super_func() returns int language sql security definer as 'select 1';
SQL
  # Statement by statement: what this server's version refuses is passed over.
  as_owner -v ON_ERROR_STOP=0 <<'SQL'
insert into spatial_ref_sys values (990001, 'lab', 990001, 'LOCAL_CS["here"]', '+proj=longlat');
create role "line
break" login; create role "q""uote" noinherit; create role "émoji 😀" login connection limit 3 valid until '2031-01-01';
create role parent; create role child login; create role other login; create role deep;
grant parent to child with admin true, inherit false, set false;
grant parent to other with inherit true, set false;
grant child to deep with inherit false, set true;
grant "q""uote" to "line
break";
grant child, other, parent to judged;
set role child; grant parent to deep; reset role;
alter role judged set work_mem = '7MB'; alter role judged set search_path = '$user', "a b", public;
alter role child set statement_timeout = '1h';
alter role child in database "we""ird 'db' $$ 😀" set search_path = 'x', 'y';
alter database "we""ird 'db' $$ 😀" set search_path = "a b", public;
alter database "we""ird 'db' $$ 😀" set application_name = 'it''s "x"';
comment on database "we""ird 'db' $$ 😀" is 'a comment
on two lines';
comment on role child is 'the child''s';
grant connect on database "we""ird 'db' $$ 😀" to child with grant option;
revoke temporary on database "we""ird 'db' $$ 😀" from public;
create schema "sch;ema
two"; create schema "a b";
alter default privileges in schema "a b" grant select on tables to child;
alter default privileges grant execute on functions to parent;
alter default privileges revoke execute on functions from public;
alter default privileges grant usage on types to deep with grant option;
grant usage on schema "a b" to other, parent, deep;
grant create, usage on schema "a b" to child, "line
break";
set role child;
create table "a b".of_child (id int generated always as identity primary key, v text);
alter default privileges in schema "a b" grant all on tables to other;
alter default privileges for role child grant select on sequences to public;
insert into "a b".of_child (v) select 'x' || i from generate_series(1, 10) i;
alter table "a b".of_child enable row level security;
create policy p on "a b".of_child for select to other using (id > 3);
grant select (v), update (v) on "a b".of_child to other with grant option;
reset role;
set role other; grant select (v) on "a b".of_child to deep; reset role;
create table "sch;ema
two"."t""able 63 bytes ÄÖÜ 😀 '; drop table x; -- 0123456789012" ("col""umn
two" int primary key, "😀" text default E'it''s \\ "x"\n', "select" bytea);
insert into "sch;ema
two"."t""able 63 bytes ÄÖÜ 😀 '; drop table x; -- 0123456789012" values (1, default, '\x00ff'), (2, null, null), (3, E'\t\n\r\\N\\.', '');
comment on column "sch;ema
two"."t""able 63 bytes ÄÖÜ 😀 '; drop table x; -- 0123456789012"."col""umn
two" is E'c\n\\.\n-- Name: x; Type: TABLE; Schema: y; Owner: z\n--';
create index "ind""ex
😀" on "sch;ema
two"."t""able 63 bytes ÄÖÜ 😀 '; drop table x; -- 0123456789012" ("😀") where "col""umn
two" > 0;
create function "sch;ema
two"."f""unc
😀"("arg""ument" int default 5, variadic "r""est" text[] default '{}') returns table ("o""ut" text) language plpgsql as $f$ begin return query select '
\.
-- Name: x; Type: TABLE'; end $f$;
create view "a b"."v""iew" as select "col""umn
two" as "x""y", "😀" from "sch;ema
two"."t""able 63 bytes ÄÖÜ 😀 '; drop table x; -- 0123456789012";
create rule "r""ule
x" as on insert to "a b"."v""iew" do instead nothing;
create type "a b"."e""num" as enum ('a''b', 'c"d', E'e\nf', '😀');
create domain "a b"."d""omain" as "a b"."e""num" default 'a''b' constraint "c""heck
x" check (value <> 'c"d');
create table "a b".uses (e "a b"."e""num", d "a b"."d""omain", arr "a b"."d""omain"[]);
insert into "a b".uses values (E'e\nf', '😀', array['😀', 'a''b']::"a b"."d""omain"[]);
create collation "a b".ignoring (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create collation "a b".ruled (provider = icu, locale = 'und', rules = '&V << w <<< W');
create table "a b".collated (t text collate "a b".ignoring unique, r text collate "a b".ruled);
insert into "a b".collated values ('a', 'w'), ('B', 'W'), ('c', 'v');
create index on "a b".collated (r);
create table "a b".geo (id serial primary key, g geometry(point, 4326), gg geography, own geometry);
insert into "a b".geo (g, gg, own) select st_setsrid(st_point(i, i), 4326), st_setsrid(st_point(i, i), 4326)::geography, st_setsrid(st_point(i, 1), 990001) from generate_series(1, 50) i;
create index on "a b".geo using gist (g); create index on "a b".geo using spgist (own);
create table "a b".ext (h hstore, c citext primary key, t text);
insert into "a b".ext values ('a=>1,"b c"=>NULL', 'Ä', 'x');
create index on "a b".ext using gin (h); create index on "a b".ext using gin (t gin_trgm_ops);
select lo_from_bytea(700001, convert_to(repeat('large ', 300000), 'UTF8')), lo_from_bytea(700002, ''), lo_creat(-1) is not null;
comment on large object 700001 is 'it''s large'; grant select on large object 700001 to child; grant select, update on large object 700002 to public;
set role child; select lo_from_bytea(700003, 'child''s'); reset role;
do $$ begin execute 'create table "a b".wide (' || (select string_agg(format('c%s int', i), ', ') from generate_series(1, 1600) i) || ')'; end $$;
insert into "a b".wide (c1, c800, c1600) values (1, 2, 3), (4, 5, 6);
create table "a b".odd (a int, b int, c text, d int generated always as (a * 2) stored);
insert into "a b".odd (a, b, c) select i, i, 'c' || i from generate_series(1, 20) i;
alter table "a b".odd drop column b; alter table "a b".odd add column e int not null default 7; alter table "a b".odd alter c set storage external;
create table "a b".part (k int, v text, x int) partition by list (k);
create table "a b".part_b (x int, v text, gone int, k int); alter table "a b".part_b drop column gone;
alter table "a b".part attach partition "a b".part_b for values in (1, 2);
create table "a b".part_rest partition of "a b".part default partition by hash (v);
create table "a b".part_rest_0 partition of "a b".part_rest for values with (modulus 2, remainder 0);
create table "a b".part_rest_1 partition of "a b".part_rest for values with (modulus 2, remainder 1);
insert into "a b".part select i, 'v' || i, i * 3 from generate_series(1, 50) i;
create unique index on "a b".part (k, v);
create table "a b".ref (k int, v text, foreign key (k, v) references "a b".part (k, v) deferrable initially deferred);
insert into "a b".ref select k, v from "a b".part where k % 2 = 0;
create sequence "a b"."s""eq" as smallint increment -3 minvalue -30 maxvalue 30 start 12 cycle cache 5; select nextval('"a b"."s""eq"');
create unlogged table "a b".unlogged (a int); insert into "a b".unlogged values (1);
create table "a b".cyc1 (id int primary key, o int); create table "a b".cyc2 (id int primary key, o int references "a b".cyc1);
insert into "a b".cyc1 values (1, 1); insert into "a b".cyc2 values (1, 1); alter table "a b".cyc1 add foreign key (o) references "a b".cyc2 not valid;
create publication pub for table "a b".cyc1 (id) where (id > 0);
create server "ser""ver" foreign data wrapper postgres_fdw options (host 'far', password 'x');
create user mapping for child server "ser""ver" options (user 'u', password 'never seen');
create foreign table "a b"."foreign" (a int) server "ser""ver" options (table_name 'x"y');
create view "a b".over_foreign as select * from "a b"."foreign";
create materialized view "a b".mv as select a from "a b".odd with no data;
create materialized view "a b".mv2 as select count(*) as n, max(c1) as m from "a b".wide;
create statistics "a b"."st""at" (mcv, dependencies) on a, e from "a b".odd; alter statistics "a b"."st""at" set statistics 77;
alter table "a b".odd alter a set statistics 500, alter a set (n_distinct = -0.5);
create procedure "a b".proc(inout x int) language sql begin atomic select x + 1; end;
grant execute on procedure "a b".proc to child;
create table "a b".empty ();
create temporary table t (a int);
grant select on "a b".uses to parent with grant option; set role parent; reset role;
grant maintain on "a b".odd to child;
create aggregate "a b".cat(text) (sfunc = textcat, stype = text, initcond = '');
create operator "a b".<=> (leftarg = int, rightarg = int, function = int4eq, commutator = operator("a b".<=>));
create text search dictionary "a b".dict (template = simple, stopwords = 'english');
create text search configuration "a b".conf (copy = pg_catalog.german); alter text search configuration "a b".conf alter mapping for asciiword with "a b".dict, german_stem;
create conversion "a b".conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create cast ("a b"."e""num" as int) with inout;
SQL
  as_superuser <<'SQL'
create function public.on_ddl() returns event_trigger language plpgsql as 'begin end';
create event trigger "ev""ent" on ddl_command_end when tag in ('CREATE TABLE') execute function public.on_ddl();
alter database "we""ird 'db' $$ 😀" set "my.own" = 'val';
alter role all set datestyle = 'ISO, DMY';
alter extension citext add view "a b"."v""iew";
SQL
}
