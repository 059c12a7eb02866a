-- The same with what only a TimescaleDB source has.
CREATE EXTENSION timescaledb SCHEMA public;
SET client_min_messages = warning;
CREATE SCHEMA small_series;
CREATE TABLE small_series.cpu (ts timestamptz NOT NULL, host int NOT NULL, v float8, PRIMARY KEY (ts, host));
SELECT public.create_hypertable('small_series.cpu', public.by_range('ts', interval '7 days'), create_default_indexes => false);
SELECT public.add_dimension('small_series.cpu', public.by_hash('host', 2));
INSERT INTO small_series.cpu
SELECT timestamptz '2024-01-01' + i * interval '1 hour', i % 7, i FROM generate_series(1, 1000) i;
CREATE TABLE public.loose_series (tick bigint NOT NULL, v int);
SELECT public.create_hypertable('public.loose_series', public.by_range('tick', 100));
INSERT INTO public.loose_series SELECT i, i FROM generate_series(1, 1000) i;
CREATE TABLE small_series.alerts (id int PRIMARY KEY, ts timestamptz NOT NULL, host int NOT NULL);
INSERT INTO small_series.alerts SELECT i, timestamptz '2024-01-01' + i * interval '1 hour', i % 7 FROM generate_series(1, 5) i;
ALTER TABLE small_series.alerts ADD FOREIGN KEY (ts, host) REFERENCES small_series.cpu (ts, host);
