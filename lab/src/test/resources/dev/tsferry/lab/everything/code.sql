-- Functions, procedures, aggregates, operators, casts, text search, conversions, triggers and rules.

CREATE FUNCTION everything.standard_body(a integer, b integer DEFAULT 7) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN a + b;
CREATE FUNCTION everything.atomic_body(OUT total bigint, OUT most integer) LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT id FROM everything.parent ORDER BY id LIMIT 1;
  SELECT count(*), max(s.id) FROM everything.searched s WHERE s.name LIKE 'n%';
END;
CREATE PROCEDURE everything.atomic_procedure(x integer, INOUT y text DEFAULT 'y;') LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO everything.no_column DEFAULT VALUES;
  UPDATE everything.self SET up = x WHERE id = x;
  DELETE FROM everything.self WHERE id = -1;
  SELECT y || ';';
END;
CREATE FUNCTION everything.settings(text) RETURNS text LANGUAGE plpgsql STABLE COST 17 SECURITY DEFINER
  SET search_path = everything, "every ""thing""", pg_temp SET work_mem = '5MB' SET datestyle = 'ISO, DMY'
AS $fn$ BEGIN RETURN $1 || $q$it's$q$; END $fn$;
CREATE FUNCTION everything.many_out(IN a integer, INOUT b text, OUT c numeric, VARIADIC d integer[] DEFAULT ARRAY[1, 2]) RETURNS SETOF record
  LANGUAGE plpgsql ROWS 12 AS $$ BEGIN c := a; RETURN NEXT; END $$;
CREATE FUNCTION everything.returns_table(n integer) RETURNS TABLE (i integer, "square ""of"" i" bigint) LANGUAGE sql ROWS 5
  AS $$ SELECT i, i::bigint * i FROM generate_series(1, n) i $$;
CREATE FUNCTION everything.any_one(anyelement, anyarray, anycompatible DEFAULT NULL::text) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION everything.takes_row(everything.parent) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.code';
CREATE FUNCTION everything.overloaded(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION everything.overloaded(text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION everything.unqualified() RETURNS bigint LANGUAGE plpgsql SET search_path = everything, pg_catalog AS $$ BEGIN RETURN (SELECT count(*) FROM parent); END $$;
CREATE FUNCTION everything.uses_transform(extensions.hstore) RETURNS text LANGUAGE sql AS 'SELECT $1::text';
CREATE PROCEDURE everything.commits() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
CREATE FUNCTION "every ""thing"""."fn; ""x"" $$"(" ""a"" " integer DEFAULT 1) RETURNS text LANGUAGE plpgsql AS $_$ BEGIN RETURN $$ \. $1 $$; END $_$;
ALTER FUNCTION everything.overloaded(text) DEPENDS ON EXTENSION citext;

-- Aggregates: plain, moving, parallel, ordered set, hypothetical set, sorted by an operator, variadic.
CREATE AGGREGATE everything.add_up(integer) (sfunc = int4pl, stype = integer, initcond = '0', combinefunc = int4pl, parallel = safe);
CREATE AGGREGATE everything.moving(double precision) (sfunc = float8pl, stype = double precision, initcond = '0',
  msfunc = float8pl, minvfunc = float8mi, mstype = double precision, minitcond = '0');
CREATE AGGREGATE everything.lowest(integer) (sfunc = int4smaller, stype = integer, sortop = <);
CREATE FUNCTION everything.collect(anyarray, anyelement) RETURNS anyarray LANGUAGE sql IMMUTABLE AS 'SELECT array_append($1, $2)';
CREATE FUNCTION everything.first_of(anyarray, double precision) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $1[1]';
CREATE AGGREGATE everything.pick(double precision ORDER BY anyelement) (sfunc = everything.collect, stype = anyarray, finalfunc = everything.first_of, finalfunc_modify = read_write);
CREATE FUNCTION everything.collect_any(text[], VARIADIC text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS 'SELECT $1 || $2';
CREATE AGGREGATE everything.gather(VARIADIC text[]) (sfunc = everything.collect_any, stype = text[], initcond = '{}', sspace = 200);
CREATE AGGREGATE everything.count_rows(*) (sfunc = int8inc, stype = bigint, initcond = '0');

-- Operators, casts.
CREATE FUNCTION everything.pair_less(everything.pair, everything.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.left_one < $2.left_one';
CREATE FUNCTION everything.pair_more(everything.pair, everything.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.left_one > $2.left_one';
CREATE FUNCTION everything.pair_same(everything.pair, everything.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.left_one = $2.left_one';
CREATE OPERATOR everything.<<< (leftarg = everything.pair, rightarg = everything.pair, function = everything.pair_less, commutator = OPERATOR(everything.>>>), restrict = scalarltsel, join = scalarltjoinsel);
CREATE OPERATOR everything.>>> (leftarg = everything.pair, rightarg = everything.pair, function = everything.pair_more, commutator = OPERATOR(everything.<<<));
CREATE OPERATOR everything.=== (leftarg = everything.pair, rightarg = everything.pair, function = everything.pair_same, commutator = OPERATOR(everything.===), hashes, merges, restrict = eqsel, join = eqjoinsel);
CREATE FUNCTION everything.negated(everything.pair) RETURNS everything.pair LANGUAGE sql IMMUTABLE AS 'SELECT (-$1.left_one, $1."right ""one""")::everything.pair';
CREATE OPERATOR everything.!! (rightarg = everything.pair, function = everything.negated);
CREATE FUNCTION everything.pair_of(integer) RETURNS everything.pair LANGUAGE sql IMMUTABLE AS 'SELECT ($1, NULL)::everything.pair';
CREATE FUNCTION everything.pair_to_text(everything.pair, integer, boolean) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.left_one::text';
CREATE CAST (integer AS everything.pair) WITH FUNCTION everything.pair_of(integer) AS ASSIGNMENT;
CREATE CAST (everything.pair AS jsonb) WITH INOUT;
CREATE CAST (everything.mood AS text) WITH INOUT AS IMPLICIT;
CREATE CONVERSION everything.latin_one FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE DEFAULT CONVERSION "every ""thing"""."latin 2" FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8;

-- Text search.
CREATE TEXT SEARCH DICTIONARY everything.german_words (TEMPLATE = snowball, LANGUAGE = 'german', STOPWORDS = 'german');
CREATE TEXT SEARCH DICTIONARY everything.simple_words (TEMPLATE = pg_catalog.simple, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION everything.german_search (COPY = pg_catalog.german);
ALTER TEXT SEARCH CONFIGURATION everything.german_search ALTER MAPPING FOR asciiword, word WITH everything.simple_words, everything.german_words;
ALTER TEXT SEARCH CONFIGURATION everything.german_search DROP MAPPING FOR email, url;
CREATE TEXT SEARCH CONFIGURATION everything.empty_search (PARSER = pg_catalog."default");
CREATE INDEX searched_words ON everything.searched USING gin (to_tsvector('everything.german_search', name));

-- Triggers of each state, with transition tables, arguments, columns, conditions, and on a view.
CREATE TABLE everything.triggered (id integer PRIMARY KEY, a integer, b text);
CREATE FUNCTION everything.on_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN coalesce(NEW, OLD); END $$;
CREATE FUNCTION everything.on_statement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER origin BEFORE INSERT OR UPDATE OF a, b ON everything.triggered FOR EACH ROW WHEN (NEW.a > 5) EXECUTE FUNCTION everything.on_row('x', 'it''s', '42');
CREATE TRIGGER disabled AFTER DELETE ON everything.triggered FOR EACH ROW EXECUTE FUNCTION everything.on_row();
CREATE TRIGGER always AFTER UPDATE ON everything.triggered FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION everything.on_row();
CREATE TRIGGER replica BEFORE TRUNCATE ON everything.triggered EXECUTE FUNCTION everything.on_statement();
ALTER TABLE everything.triggered DISABLE TRIGGER disabled;
ALTER TABLE everything.triggered ENABLE ALWAYS TRIGGER always;
ALTER TABLE everything.triggered ENABLE REPLICA TRIGGER replica;
CREATE TRIGGER transitions AFTER UPDATE ON everything.triggered REFERENCING OLD TABLE AS was NEW TABLE AS "is ""now""" FOR EACH STATEMENT EXECUTE FUNCTION everything.on_statement();
CREATE CONSTRAINT TRIGGER constrained AFTER INSERT ON everything.triggered FROM everything.parent DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION everything.on_row();
CREATE TRIGGER on_partitions AFTER INSERT ON everything.orders FOR EACH ROW EXECUTE FUNCTION everything.on_row();
ALTER TABLE everything.orders_2023 DISABLE TRIGGER on_partitions;
INSERT INTO everything.triggered SELECT i, i, 'b' FROM generate_series(1, 10) i;

-- Rules.
CREATE TABLE everything.ruled (id integer, a text);
CREATE TABLE everything.rule_log (id integer, what text);
CREATE RULE also AS ON INSERT TO everything.ruled DO ALSO INSERT INTO everything.rule_log VALUES (NEW.id, 'ins; ''erted''');
CREATE RULE instead AS ON DELETE TO everything.ruled WHERE OLD.id > 5 DO INSTEAD (UPDATE everything.ruled SET a = 'deleted' WHERE id = OLD.id; INSERT INTO everything.rule_log VALUES (OLD.id, 'deleted'));
CREATE RULE nothing AS ON UPDATE TO everything.rule_log DO INSTEAD NOTHING;
CREATE RULE sleeping AS ON UPDATE TO everything.ruled DO ALSO NOTIFY ruled;
ALTER TABLE everything.ruled DISABLE RULE sleeping;
CREATE RULE awake AS ON UPDATE TO everything.ruled DO ALSO NOTHING;
ALTER TABLE everything.ruled ENABLE ALWAYS RULE awake;
INSERT INTO everything.ruled SELECT i, 'a' FROM generate_series(1, 10) i;

-- Row security.
CREATE TABLE everything.guarded (id integer PRIMARY KEY, who name DEFAULT current_user, secret boolean);
INSERT INTO everything.guarded SELECT i, 'w', i % 2 = 0 FROM generate_series(1, 10) i;
ALTER TABLE everything.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON everything.guarded USING (who = CURRENT_USER) WITH CHECK (NOT secret);
CREATE POLICY strict ON everything.guarded AS RESTRICTIVE FOR SELECT TO everything_reader, "everything ""writer""" USING (id < 100 AND EXISTS (SELECT FROM everything.parent p WHERE p.id = guarded.id));
CREATE POLICY ins ON everything.guarded FOR INSERT TO everything_reader WITH CHECK (true);
CREATE TABLE everything.guarded_later (id integer);
CREATE POLICY idle ON everything.guarded_later FOR DELETE USING (false);
