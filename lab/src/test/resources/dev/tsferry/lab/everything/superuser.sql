-- What only a superuser can make, some of it owned by the master user, with what depends on it.

CREATE FUNCTION everything.in_c(text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'textlen';
CREATE FUNCTION everything.leakproof(integer) RETURNS integer LANGUAGE sql IMMUTABLE LEAKPROOF AS 'SELECT $1';
ALTER FUNCTION everything.in_c(text) OWNER TO orders_admin;
CREATE VIEW everything.depends_on_c AS SELECT id, everything.in_c(name) AS c FROM everything.searched;
CREATE VIEW everything.depends_twice AS SELECT c FROM everything.depends_on_c;
ALTER VIEW everything.depends_on_c OWNER TO orders_admin;
ALTER VIEW everything.depends_twice OWNER TO orders_admin;

CREATE TYPE everything.shell_only;
CREATE TYPE everything.base;
CREATE FUNCTION everything.base_in(cstring) RETURNS everything.base LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION everything.base_out(everything.base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE everything.base (input = everything.base_in, output = everything.base_out, like = integer);
ALTER TYPE everything.base OWNER TO orders_admin;
CREATE CAST (everything.base AS integer) WITHOUT FUNCTION AS IMPLICIT;
CREATE TABLE everything.of_base (id integer PRIMARY KEY, b everything.base, "array" everything.base[]);
ALTER TABLE everything.of_base OWNER TO orders_admin;
CREATE INDEX of_base_id ON everything.of_base (id) WHERE id > 0;
INSERT INTO everything.of_base SELECT i, i::text::everything.base FROM generate_series(1, 10) i;
CREATE TABLE everything.refers_to_base (id integer REFERENCES everything.of_base);
ALTER TABLE everything.refers_to_base OWNER TO orders_admin;
INSERT INTO everything.refers_to_base VALUES (1), (2);

CREATE OPERATOR FAMILY everything.pairs USING btree;
CREATE OPERATOR CLASS everything.pair_hash DEFAULT FOR TYPE everything.pair USING hash AS OPERATOR 1 everything.===, FUNCTION 1 pg_catalog.hash_record(record);
CREATE OPERATOR CLASS everything.backwards FOR TYPE integer USING btree AS
  OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 pg_catalog.btint4cmp(integer, integer);
CREATE INDEX searched_backwards ON everything.searched (id everything.backwards);
CREATE INDEX searched_in_c ON everything.searched (everything.in_c(name));
CREATE ACCESS METHOD everything_heap TYPE TABLE HANDLER pg_catalog.heap_tableam_handler;
CREATE TABLE everything.of_other_heap (id integer) USING everything_heap;
ALTER TABLE everything.of_other_heap OWNER TO orders_admin;
INSERT INTO everything.of_other_heap VALUES (1), (2), (3);
CREATE TEXT SEARCH TEMPLATE everything.own_template (LEXIZE = pg_catalog.dsimple_lexize, INIT = pg_catalog.dsimple_init);
CREATE TEXT SEARCH PARSER everything.own_parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH DICTIONARY everything.of_template (TEMPLATE = everything.own_template);
CREATE TEXT SEARCH CONFIGURATION everything.of_parser (PARSER = everything.own_parser);
CREATE FUNCTION everything.to_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'array_unnest_support';
CREATE TRANSFORM FOR extensions.hstore LANGUAGE plpgsql (FROM SQL WITH FUNCTION everything.to_sql(internal));
CREATE LANGUAGE everything_language HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION everything.in_own_language() RETURNS integer LANGUAGE everything_language AS 'BEGIN RETURN 1; END';

CREATE FOREIGN DATA WRAPPER everything_wrapper OPTIONS (debug 'true');
CREATE SERVER everything_server TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER everything_wrapper OPTIONS (host 'nowhere');
CREATE USER MAPPING FOR PUBLIC SERVER everything_server OPTIONS (password 'never to be seen');
CREATE FOREIGN TABLE everything.far_away (id integer OPTIONS (column_name 'i') NOT NULL, t text DEFAULT 'x', CHECK (id > 0)) SERVER everything_server OPTIONS (schema_name 's');
ALTER FOREIGN TABLE everything.far_away OWNER TO orders_admin;
CREATE VIEW everything.of_far_away AS SELECT id FROM everything.far_away;
CREATE FUNCTION everything.on_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER everything_event ON ddl_command_end WHEN TAG IN ('CREATE SEQUENCE') EXECUTE FUNCTION everything.on_event();
ALTER EVENT TRIGGER everything_event ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER everything_event IS 'an event trigger';
CREATE PUBLICATION all_tables FOR ALL TABLES;
CREATE SUBSCRIPTION everything_subscription CONNECTION 'host=nowhere password=secret' PUBLICATION p WITH (connect = false, slot_name = NONE);
INSERT INTO pg_seclabel VALUES ('everything.parent'::regclass, 'pg_class'::regclass, 0, 'dummy', 'classified');

-- Rows that only who passes row security by sees; the target's user does not.
alter role orders_admin bypassrls;
create table everything.hidden_from_its_owner (a integer);
insert into everything.hidden_from_its_owner values (1), (2), (3);
alter table everything.hidden_from_its_owner owner to orders_admin, enable row level security, force row level security;
