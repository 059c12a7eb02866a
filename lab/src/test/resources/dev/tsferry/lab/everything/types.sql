-- Schemas, extensions outside public, collations, and types of each kind with arrays of each.

CREATE ROLE everything_reader NOLOGIN;
CREATE ROLE "everything ""writer""" NOLOGIN;

CREATE SCHEMA everything;
CREATE SCHEMA "every ""thing""";
CREATE SCHEMA nothing_in_it;
CREATE SCHEMA extensions;

CREATE EXTENSION citext SCHEMA extensions;
CREATE EXTENSION hstore SCHEMA extensions;
CREATE EXTENSION btree_gist SCHEMA extensions;
CREATE EXTENSION pg_trgm SCHEMA extensions;
CREATE EXTENSION intarray SCHEMA public;

CREATE COLLATION everything.german_phone (provider = icu, locale = 'de-u-co-phonebk');
CREATE COLLATION everything.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION everything.plain_c (provider = libc, locale = 'C');
CREATE COLLATION everything.two_parts (lc_collate = 'C', lc_ctype = 'C.UTF-8');

CREATE TYPE everything.mood AS ENUM ('sad', 'ok', 'happy');
ALTER TYPE everything.mood ADD VALUE 'a ''quoted'' one' BEFORE 'ok';
CREATE TYPE everything.no_value AS ENUM ();
CREATE DOMAIN everything.positive AS integer DEFAULT 1 NOT NULL CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE DOMAIN everything.even AS everything.positive CONSTRAINT is_even CHECK (VALUE % 2 = 0);
CREATE DOMAIN everything.phone AS text COLLATE everything.german_phone CHECK (VALUE ~ '^[0-9 ]+$');
CREATE DOMAIN everything.moods AS everything.mood[] CHECK (cardinality(VALUE) < 4);
CREATE DOMAIN everything.not_checked AS text;
ALTER DOMAIN everything.not_checked ADD CONSTRAINT later CHECK (VALUE <> 'x') NOT VALID;
CREATE TYPE everything.pair AS (left_one integer, "right ""one""" text COLLATE everything.plain_c);
CREATE TYPE everything.nested AS (pair everything.pair, pairs everything.pair[], mood everything.mood);
CREATE DOMAIN everything.good_pair AS everything.pair CHECK ((VALUE).left_one > 0);
CREATE TYPE everything.empty_composite AS ();
CREATE TYPE everything.float_range AS RANGE (subtype = double precision, subtype_diff = float8mi,
  multirange_type_name = everything.many_floats);
CREATE FUNCTION everything.pair_order(everything.pair, everything.pair) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'select ($1.left_one - $2.left_one)::double precision';
CREATE TYPE everything.text_range AS RANGE (subtype = text, collation = everything.german_phone);
