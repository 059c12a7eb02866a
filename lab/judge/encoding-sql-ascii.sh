# A database in SQL_ASCII whose texts are UTF-8
database=ascii
prepare() { in_source sh -c "dropdb -U rdsadmin ascii && createdb -U rdsadmin -O judged -E SQL_ASCII -T template0 --lc-collate=C --lc-ctype=C ascii"; }
load() {
  as_owner <<'SQL'
create table "maß" ("länge" text primary key, "übrig" varchar(10));
insert into "maß" values ('Straße', 'Öl'), ('😀', 'x');
comment on table "maß" is 'Für Größen: ß';
create function "zähle"() returns bigint language sql as 'select count(*) from "maß"';
create view "sicht" as select 'Ä' || "länge" as "ä" from "maß";
create index on "maß" (lower("länge"));
SQL
}
