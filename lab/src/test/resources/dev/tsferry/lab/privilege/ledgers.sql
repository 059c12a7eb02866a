-- Owners, privileges and settings of every kind, made by the master user next to the orders
-- database's own. Names hold what ends a word or a statement.

CREATE ROLE led_owner NOLOGIN;
CREATE ROLE "led ""owner""; -- 😀" NOLOGIN;
CREATE ROLE led_reader NOLOGIN;
CREATE ROLE led_clerk LOGIN;
CREATE ROLE led_temp LOGIN IN ROLE led_reader;
CREATE ROLE "PUBLIC" LOGIN;
GRANT led_owner, "led ""owner""; -- 😀", led_clerk TO CURRENT_USER;
GRANT led_reader TO led_clerk WITH ADMIN OPTION;

CREATE SCHEMA "led; ger" AUTHORIZATION led_owner;
CREATE SCHEMA shared;
CREATE SCHEMA locked;

CREATE TABLE "led; ger".entries (id serial PRIMARY KEY, amount numeric NOT NULL, "no""te" text, secret text);
CREATE TABLE "led; ger"."a ""quoted"" table" (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, x text);
CREATE TABLE shared.ticks (at timestamptz NOT NULL, v double precision);
CREATE TABLE shared.parts (id integer, at date) PARTITION BY RANGE (at);
CREATE TABLE shared.parts_1 PARTITION OF shared.parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE shared.mine (id integer);
CREATE VIEW shared.entries_view AS SELECT id, amount FROM "led; ger".entries;
CREATE MATERIALIZED VIEW shared.sums AS SELECT count(*) FROM "led; ger".entries;
CREATE SEQUENCE shared.numbers;
CREATE TYPE shared.colour AS ENUM ('red', 'green');
CREATE TYPE shared.pair AS (a integer, b text);
CREATE DOMAIN shared.positive AS integer CHECK (VALUE > 0);
CREATE FUNCTION shared.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION shared.open_to_all(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION shared."clos""ed"(a shared.pair) RETURNS text SECURITY DEFINER LANGUAGE sql AS $$ SELECT 'x' $$;
CREATE PROCEDURE shared.work(INOUT a integer) LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE AGGREGATE shared.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE OPERATOR shared.<+> (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4pl);
CREATE COLLATION shared.plain (LOCALE = 'C');
CREATE TEXT SEARCH CONFIGURATION shared.words (COPY = pg_catalog.simple);
CREATE TEXT SEARCH DICTIONARY shared.dict (TEMPLATE = pg_catalog.simple);
CREATE STATISTICS shared.stats ON id, amount FROM "led; ger".entries;

INSERT INTO "led; ger".entries (amount) SELECT i FROM generate_series(1, 50) i;
INSERT INTO shared.ticks SELECT timestamptz '2024-01-01' + i * interval '1 day', i FROM generate_series(0, 60) i;
ALTER TABLE shared.ticks ADD PRIMARY KEY (at);
CREATE TRIGGER stamped BEFORE INSERT ON shared.ticks FOR EACH ROW EXECUTE FUNCTION shared.stamp();
SELECT lo_from_bytea(5100001, 'ledger'), lo_from_bytea(5100002, 'private');

-- Owners: what an owner may create in by himself, and what he may not.
GRANT CREATE ON SCHEMA shared TO led_owner, "led ""owner""; -- 😀";
ALTER TABLE "led; ger".entries OWNER TO led_owner;
ALTER TABLE shared.ticks OWNER TO led_owner;
ALTER TABLE shared.parts OWNER TO led_owner;
ALTER TABLE shared.parts_1 OWNER TO "led ""owner""; -- 😀";
ALTER VIEW shared.entries_view OWNER TO led_owner;
ALTER MATERIALIZED VIEW shared.sums OWNER TO "led ""owner""; -- 😀";
ALTER SEQUENCE shared.numbers OWNER TO led_owner;
ALTER TYPE shared.colour OWNER TO led_owner;
ALTER TYPE shared.pair OWNER TO led_owner;
ALTER DOMAIN shared.positive OWNER TO led_owner;
ALTER FUNCTION shared."clos""ed"(shared.pair) OWNER TO led_owner;
ALTER PROCEDURE shared.work(integer) OWNER TO led_owner;
ALTER AGGREGATE shared.total(integer) OWNER TO led_owner;
ALTER OPERATOR shared.<+> (integer, integer) OWNER TO led_owner;
ALTER COLLATION shared.plain OWNER TO led_owner;
ALTER TEXT SEARCH CONFIGURATION shared.words OWNER TO led_owner;
ALTER TEXT SEARCH DICTIONARY shared.dict OWNER TO led_owner;
ALTER STATISTICS shared.stats OWNER TO led_owner;
ALTER LARGE OBJECT 5100001 OWNER TO led_owner;
REVOKE CREATE ON SCHEMA shared FROM led_owner;

-- Privileges: with grant option and passed on, on columns, taken from the owner, from everybody.
GRANT USAGE ON SCHEMA "led; ger" TO led_reader, led_clerk, "PUBLIC";
GRANT USAGE ON SCHEMA shared TO PUBLIC;
GRANT ALL ON SCHEMA shared TO led_clerk WITH GRANT OPTION;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO led_reader;
GRANT SELECT ON "led; ger".entries TO led_reader;
GRANT INSERT, UPDATE ON "led; ger".entries TO led_clerk WITH GRANT OPTION;
GRANT SELECT (id, "no""te"), UPDATE ("no""te") ON "led; ger".entries TO "PUBLIC";
GRANT REFERENCES (id) ON "led; ger".entries TO led_clerk WITH GRANT OPTION;
SET LOCAL ROLE led_clerk;
GRANT INSERT ON "led; ger".entries TO led_temp;
RESET ROLE;
GRANT TRUNCATE, TRIGGER, DELETE ON "led; ger"."a ""quoted"" table" TO PUBLIC;
SET LOCAL ROLE led_owner;
REVOKE DELETE ON shared.ticks FROM led_owner;
RESET ROLE;
GRANT SELECT ON shared.ticks TO led_reader;
GRANT SELECT (v) ON shared.ticks TO led_temp;
GRANT SELECT ON shared.parts, shared.entries_view, shared.sums TO led_reader;
GRANT USAGE, UPDATE ON SEQUENCE shared.numbers TO led_clerk;
GRANT SELECT ON SEQUENCE "led; ger".entries_id_seq TO led_clerk;
REVOKE USAGE ON TYPE shared.colour FROM PUBLIC;
GRANT USAGE ON TYPE shared.colour TO led_clerk;
REVOKE USAGE ON DOMAIN shared.positive FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION shared."clos""ed"(shared.pair) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared."clos""ed"(shared.pair) TO led_clerk WITH GRANT OPTION;
REVOKE EXECUTE ON PROCEDURE shared.work(integer) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE shared.work(integer) TO led_clerk;
REVOKE EXECUTE ON FUNCTION shared.total(integer) FROM PUBLIC;
GRANT SELECT, UPDATE ON LARGE OBJECT 5100001 TO led_clerk;
DO $do$
BEGIN
  EXECUTE format('REVOKE TEMPORARY, CONNECT ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO led_reader, led_clerk', current_database());
  EXECUTE format('GRANT CREATE ON DATABASE %I TO led_clerk WITH GRANT OPTION', current_database());
END
$do$;
-- From here on nobody but the clerk can say what he has given away.
REVOKE led_clerk FROM CURRENT_USER;
-- A role that exists on RDS only.
GRANT SELECT ON shared.mine TO rds_superuser;

ALTER DEFAULT PRIVILEGES FOR ROLE led_owner IN SCHEMA "led; ger" GRANT SELECT ON TABLES TO led_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE led_owner GRANT USAGE ON SCHEMAS TO led_clerk WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE "led ""owner""; -- 😀" REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA shared GRANT EXECUTE ON FUNCTIONS TO led_temp;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO led_clerk;

-- Settings that are in no dump.
DO $do$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET search_path TO shared, "$user", "led; ger", "a, ""b"""', current_database());
  EXECUTE format('ALTER ROLE led_clerk IN DATABASE %I SET search_path TO %L', current_database(), '');
  EXECUTE format('ALTER ROLE "led ""owner""; -- 😀" IN DATABASE %I SET work_mem TO %L', current_database(), '8MB');
  EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET work_mem TO %L', current_database(), '8MB');
END
$do$;
