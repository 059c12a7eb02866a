-- Tables that an application would hardly have, and that a migration must carry all the same.

CREATE SCHEMA odd;

-- A column of every type; text, numbers and times at the edge of what they can hold.
CREATE TABLE odd.every_type (
  id integer PRIMARY KEY,
  a_bool boolean, a_char "char", a_bpchar char(7), a_varchar varchar(20), a_text text, a_name name,
  a_smallint smallint, an_int integer, a_bigint bigint, a_numeric numeric, a_scaled numeric(20, 5),
  a_real real, a_double double precision, a_money money, an_oid oid,
  a_date date, a_time time, a_timetz timetz, a_timestamp timestamp, a_timestamptz timestamptz,
  an_interval interval, a_bytea bytea, a_uuid uuid, a_bit bit(5), a_varbit bit varying,
  an_inet inet, a_cidr cidr, a_macaddr macaddr, a_macaddr8 macaddr8,
  a_point point, a_line line, a_lseg lseg, a_box box, a_path path, a_polygon polygon, a_circle circle,
  a_json json, a_jsonb jsonb, a_jsonpath jsonpath, an_xml xml, a_tsvector tsvector, a_tsquery tsquery,
  an_int4range int4range, a_nummultirange nummultirange, a_tstzrange tstzrange,
  a_lsn pg_lsn, a_snapshot pg_snapshot, an_xid8 xid8,
  a_regclass regclass, a_regtype regtype, an_int_array integer[], a_text_array text[][],
  an_enum_array shop.order_state[], a_composite shop.address, a_domain shop.email,
  a_range_of_ours shop.price_range, a_citext public.citext, a_hstore public.hstore
);

-- Equal rows: only a count tells whether one was lost or doubled.
CREATE TABLE odd.twins (a integer, b text);
CREATE TABLE odd.no_columns ();
CREATE TABLE odd.only_generated (answer integer GENERATED ALWAYS AS (42) STORED);
CREATE TABLE odd.empty (id integer PRIMARY KEY, t text);
CREATE TABLE odd.texts (id integer PRIMARY KEY, t text);
CREATE TABLE odd.large (id integer PRIMARY KEY, t text, b bytea);
ALTER TABLE odd.large ALTER COLUMN t SET STORAGE EXTERNAL;
CREATE TABLE odd.large_object_list (title text PRIMARY KEY, content oid NOT NULL);

CREATE TABLE odd.documents (id integer PRIMARY KEY, title text NOT NULL);
CREATE TABLE odd.contracts (partner text, signed date) INHERITS (odd.documents);
CREATE TABLE odd.annexes (LIKE odd.contracts INCLUDING ALL) INHERITS (odd.contracts);

-- Names with what ends a word, a string, a statement or a line somewhere.
CREATE SCHEMA "we""ird, it's
a 😀 schema; --";
CREATE TABLE "we""ird, it's
a 😀 schema; --"."select * from ""T""; /* \. $$" (
  "id 1" serial PRIMARY KEY,
  """" text DEFAULT 'a ''default'' "of" $$ \. --',
  "new
line" text,
  "ORDER" integer CHECK ("ORDER" IS DISTINCT FROM 13)
);
CREATE INDEX "index ""of"" 😀" ON "we""ird, it's
a 😀 schema; --"."select * from ""T""; /* \. $$" ("new
line");
CREATE VIEW "we""ird, it's
a 😀 schema; --"."View; it's" AS
  SELECT "id 1" AS "id; 1", """" FROM "we""ird, it's
a 😀 schema; --"."select * from ""T""; /* \. $$";
