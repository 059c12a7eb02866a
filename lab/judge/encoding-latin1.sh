# An application's database in LATIN1 with German texts, and one table of every type
database=latin1
prepare() { in_source sh -c "dropdb -U rdsadmin latin1 && createdb -U rdsadmin -O judged -E LATIN1 -T template0 --lc-collate=C --lc-ctype=C latin1"; }
load() {
  as_owner <<'SQL'
set client_encoding = utf8;
create schema "größe";
create table "größe"."maß" ("länge" text primary key, "übrig" char(10), n name) ;
insert into "größe"."maß" values ('Straße', 'Öl', 'ÄÖÜ'), ('ÿþ', '½', 'x');
comment on table "größe"."maß" is 'Für Größen: ß';
create function "größe"."zähle"() returns bigint language sql as 'select count(*) from "größe"."maß" where "länge" <> ''Ü''';
create role "müller" login; grant select on "größe"."maß" to "müller"; grant usage on schema "größe" to "müller";
create type "größe"."farbe" as enum ('grün', 'weiß'); create table "größe".t (f "größe"."farbe" default 'grün'); insert into "größe".t values ('weiß');
create view "größe"."sicht" as select 'Ä' || "länge" as "ä" from "größe"."maß"; create materialized view "größe"."mv" as select * from "größe"."sicht";
select lo_from_bytea(0, '\xe4f6fc');
SQL
  fill
}
