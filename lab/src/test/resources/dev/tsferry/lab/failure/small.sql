-- A little of everything that a step has to do with, so that a crossing takes seconds.
CREATE ROLE small_reader NOLOGIN;
CREATE ROLE small_app LOGIN;
GRANT small_reader TO small_app;
CREATE SCHEMA small;
GRANT USAGE ON SCHEMA small TO small_reader;
CREATE SEQUENCE small.numbers START 500;
SELECT nextval('small.numbers');
CREATE TYPE small.mood AS ENUM ('good', 'bad');
CREATE TABLE small.things (id int PRIMARY KEY, name text NOT NULL, mood small.mood DEFAULT 'good');
INSERT INTO small.things SELECT i, 'thing ' || i FROM generate_series(1, 500) i;
CREATE TABLE small.series (ts timestamptz NOT NULL, thing int REFERENCES small.things, v float8);
INSERT INTO small.series
SELECT timestamptz '2024-01-01' + i * interval '3 hours', 1 + i % 500, i FROM generate_series(1, 2000) i;
CREATE INDEX series_idx ON small.series (thing, ts);
CREATE TABLE small.keyless (v text);
INSERT INTO small.keyless SELECT 'same' FROM generate_series(1, 9);
CREATE FUNCTION small.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1';
CREATE MATERIALIZED VIEW small.counts AS SELECT thing, count(*) AS n FROM small.series GROUP BY 1;
CREATE VIEW public.loose AS SELECT 1 AS x;
CREATE TABLE public.loose_table (id int PRIMARY KEY);
SELECT lo_from_bytea(4711, 'large');
GRANT SELECT ON ALL TABLES IN SCHEMA small TO small_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA small GRANT SELECT ON TABLES TO small_reader;
