# What is at the limits of PostgreSQL 17: memberships with options by several grantors, 63-byte names, 1,600 columns, ICU, PostGIS in a schema
version=17
database=extremes
prepare() { as_platform -c 'create schema gis' -c 'create extension postgis schema gis' -c 'grant usage on schema gis to public'; }
load() {
  as_superuser <<'SQL'
create schema gis; create extension postgis schema gis; grant usage on schema gis to public;
grant insert on gis.spatial_ref_sys to judged;
grant pg_read_all_data, pg_monitor, pg_maintain to judged with admin true, inherit false, set true;
SQL
  # Statement by statement: what this server's version refuses is passed over.
  as_owner -v ON_ERROR_STOP=0 <<'SQL'
set search_path = public, gis;
-- Memberships: each option by itself, twice by different grantors, in chains, of the server's own roles.
create role a; create role b login; create role c login createrole; create role d login; create role e noinherit;
grant a to b with admin false, inherit true, set false;
grant a to c with admin true, inherit false, set true;
grant c to judged; set role c; grant a to d with inherit false, set false; grant a to b with inherit false, set true; reset role;
grant a to d with admin true granted by judged;
grant b to c with inherit false, set false, admin false;
grant c to d with set false; grant d to e with admin true, inherit true, set true;
grant pg_read_all_data to a with inherit false; grant pg_monitor to b with admin true, set false; grant pg_maintain to e;
-- Names of 63 bytes, of one and of several bytes a character.
create role "role_of_63_bytes_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" login; create role "röle_öf_63_bytes_öäüßöäüßöäüßöäüßöäüßöäüß1234567" login;
grant "role_of_63_bytes_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" to "röle_öf_63_bytes_öäüßöäüßöäüßöäüßöäüßöäüß1234567" with admin true;
do $$
declare long text := repeat('n', 61); wide text := repeat('ü', 30) || 'n'; one text; made text;
begin
  foreach one in array array[long, wide] loop
    made := format('%I', one || '_s');
    execute format('create schema %s', made);
    execute format('create table %s.%I (%I serial primary key, %I text collate "C" unique, %I int check (%5$I <> %3$I))', made, one || '_t', one || '_c', one || '_d', one || '_e');
    execute format('alter table %s.%I add constraint %I check (%I > 0)', made, one || '_t', one || '_k', one || '_c');
    execute format('create index %I on %s.%I (%I, %I)', one || '_i', made, one || '_t', one || '_d', one || '_e');
    execute format('create table %s.%I (%I int references %1$s.%4$I)', made, one || '_r', one || '_f', one || '_t');
    execute format('create view %s.%I as select * from %1$s.%3$I', made, one || '_v', one || '_t');
    execute format('create function %s.%I(%I int) returns int language sql as ''select 1''', made, one || '_p', one || '_a');
    execute format('create function %s.%I() returns trigger language plpgsql as ''begin return new; end''', made, one || '_g');
    execute format('create trigger %I before insert on %s.%I for each row execute function %2$s.%4$I()', one || '_x', made, one || '_t', one || '_g');
    execute format('create policy %I on %s.%I to "role_of_63_bytes_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" using (true)', one || '_y', made, one || '_t');
    execute format('create type %s.%I as enum (%L)', made, one || '_z', repeat('l', 63));
    execute format('create domain %s.%I as int constraint %I check (value > 0)', made, one || '_m', one || '_n');
    execute format('create sequence %s.%I', made, one || '_q');
    execute format('create statistics %s.%I on %I, %I from %1$s.%5$I', made, one || '_u', one || '_d', one || '_e', one || '_t');
    execute format('insert into %s.%I (%I, %I) select i::text, i + 100 from generate_series(1, 9) i', made, one || '_t', one || '_d', one || '_e');
    execute format('grant usage on schema %s to "röle_öf_63_bytes_öäüßöäüßöäüßöäüßöäüßöäüß1234567"', made);
    execute format('grant select (%I) on %s.%I to "röle_öf_63_bytes_öäüßöäüßöäüßöäüßöäüßöäüß1234567"', one || '_d', made, one || '_t');
    execute format('comment on column %s.%I.%I is %L', made, one || '_t', one || '_c', one);
  end loop;
end $$;
-- As many columns as there can be, with long names, each with a comment, a privilege and a default.
do $$
declare i int;
begin
  execute 'create table widest (' || (select string_agg(format('%I int default %s', rpad('c' || n || '_', 63, 'x'), n), ', ') from generate_series(1, 1600) n) || ')';
  execute 'insert into widest default values'; execute 'insert into widest default values';
  for i in 1..1600 loop
    execute format('comment on column widest.%I is %L', rpad('c' || i || '_', 63, 'x'), 'the ' || i);
    execute format('grant select (%I) on widest to b', rpad('c' || i || '_', 63, 'x'));
  end loop;
  execute 'create table once_wide (' || (select string_agg(format('c%s int', n), ', ') from generate_series(1, 1600) n) || ')';
  for i in 2..1599 loop execute format('alter table once_wide drop column c%s', i); end loop;
  execute 'insert into once_wide values (1, 1600)';
  execute 'create view wide_view as select * from widest';
end $$;
-- ICU: deterministic or not, with rules, in keys, domains, ranges, partitions, defaults and checks.
create collation de (provider = icu, locale = 'de-u-co-phonebk'); create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create collation noaccent (provider = icu, locale = 'und-u-ks-level1-kc-true', deterministic = false); create collation digits (provider = icu, locale = 'en-u-kn-true');
create collation ruled (provider = icu, locale = 'und', rules = '& V << w <<< W'); create collation builtin (provider = builtin, locale = 'C.UTF-8'); create collation posix (provider = libc, locale = 'C');
comment on collation nocase is 'knows no case'; create collation copied from nocase;
create domain mail as text collate nocase check (value like '%@%' collate "C");
create table people (name text collate nocase primary key, mail mail unique, sorted text collate de, n text collate digits default 'a10', check (name <> 'Root' collate nocase));
insert into people values ('Ärger', 'A@b', 'Ärger', 'a2'), ('b', 'c@d', 'zz', 'a10'), ('straße', 'x@y', 'ß', 'a1');
create index on people (sorted collate noaccent, n desc); create unique index on people (lower(name collate "C"));
create table by_text (t text collate digits) partition by range (t); create table by_text_1 partition of by_text for values from ('a1') to ('a9'); create table by_text_2 partition of by_text for values from ('a9') to ('a100');
insert into by_text values ('a2'), ('a10'), ('a88');
create table by_hash (t text collate ruled) partition by hash (t); create table by_hash_0 partition of by_hash for values with (modulus 1, remainder 0); insert into by_hash values ('W'), ('w');
create type texts as range (subtype = text, collation = de); create table ranges (r texts, exclude using gist (r with &&)); insert into ranges values ('[a,b)'), ('[x,z]');
create materialized view sorted as select name, row_number() over (order by name collate de) from people; create statistics of_people on name, sorted from people;
-- PostGIS in a schema of its own: types, indexes, typmods, defaults, functions and constraints on it.
create table places (id int primary key, at geometry(pointz, 4326) not null, area geography(polygon), box box3d, check (st_isvalid(at)), made geometry generated always as (st_buffer(at, 1)) stored);
insert into places (id, at, area, box) select i, st_setsrid(st_makepoint(i, i, i), 4326), 'POLYGON((0 0, 0 1, 1 1, 0 0))', 'BOX3D(0 0 0, 1 1 1)' from generate_series(1, 40) i;
create index on places using gist (at gist_geometry_ops_nd); create index on places using spgist (made); create index on places (st_x(at)); create index on places using gist (area);
create view near as select a.id, st_distance(a.at, b.at) from places a join places b on a.at && b.at; create materialized view hulls as select st_convexhull(st_collect(at)) as hull from places;
create function length_of(gis.geometry) returns float8 language sql immutable as 'select gis.st_length($1)'; create domain point as geometry(point) check (not st_isempty(value));
create table inherits_it (extra point[]) inherits (places); insert into spatial_ref_sys values (990002, 'lab', 990002, 'x', 'y');
SQL
}
