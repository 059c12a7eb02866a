-- What TimescaleDB's full edition, 2.19, leaves in the catalogue for compression, continuous aggregates and policies,
-- made by hand. Compressed values are NULL: only the edition itself can read and write them.
SET client_min_messages = warning;
CREATE SCHEMA m AUTHORIZATION metrics_app;
CREATE TABLE m.readings (ts timestamptz NOT NULL, device int, v float8);
SELECT public.create_hypertable('m.readings', public.by_range('ts', interval '1 day'), create_default_indexes => false);
INSERT INTO m.readings
SELECT timestamptz '2024-01-01' + i * interval '30 minutes', i % 3, i FROM generate_series(0, 239) i;

-- The first chunk is compressed: its rows are in a chunk of the compressed hypertable, which has no columns itself.
CREATE TABLE _timescaledb_internal._compressed_hypertable_2 ();
INSERT INTO _timescaledb_catalog.hypertable
VALUES (2, '_timescaledb_internal', '_compressed_hypertable_2', '_timescaledb_internal', '_hyper_2', 0,
        '_timescaledb_functions', 'calculate_chunk_interval', 0, 2, NULL, 0);
UPDATE _timescaledb_catalog.hypertable SET compression_state = 1, compressed_hypertable_id = 2 WHERE id = 1;
CREATE TABLE _timescaledb_internal.compress_hyper_2_6_chunk (
  _ts_meta_count int, device int, _ts_meta_min_1 timestamptz, _ts_meta_max_1 timestamptz,
  ts _timescaledb_internal.compressed_data, v _timescaledb_internal.compressed_data)
  WITH (toast_tuple_target = '128');
CREATE INDEX ON _timescaledb_internal.compress_hyper_2_6_chunk (device, _ts_meta_min_1 DESC, _ts_meta_max_1 DESC);
INSERT INTO _timescaledb_internal.compress_hyper_2_6_chunk
SELECT count(*), device, min(ts), max(ts) FROM _timescaledb_internal._hyper_1_1_chunk GROUP BY device;
TRUNCATE _timescaledb_internal._hyper_1_1_chunk;
INSERT INTO _timescaledb_catalog.chunk
VALUES (6, 2, '_timescaledb_internal', 'compress_hyper_2_6_chunk', NULL, false, 0, false, now());
UPDATE _timescaledb_catalog.chunk SET compressed_chunk_id = 6, status = 1 WHERE id = 1;
INSERT INTO _timescaledb_catalog.compression_settings VALUES
  ('m.readings', NULL, '{device}', '{ts}', '{t}', '{t}'),
  ('_timescaledb_internal._hyper_1_1_chunk', '_timescaledb_internal.compress_hyper_2_6_chunk', '{device}', '{ts}', '{t}', '{t}');
INSERT INTO _timescaledb_catalog.compression_chunk_size VALUES (1, 6, 8192, 0, 16384, 16384, 8192, 16384, 48, 3, 0);
SELECT setval('_timescaledb_catalog.hypertable_id_seq', 2), setval('_timescaledb_catalog.chunk_id_seq', 6);

-- A real-time continuous aggregate, and one on top of it that shows what is materialized only.
CREATE TABLE _timescaledb_internal._materialized_hypertable_3 (hour timestamptz NOT NULL, device int, n bigint);
SELECT public.create_hypertable('_timescaledb_internal._materialized_hypertable_3', public.by_range('hour', interval '10 days'));
CREATE TABLE _timescaledb_internal._materialized_hypertable_4 (day timestamptz NOT NULL, n numeric);
SELECT public.create_hypertable('_timescaledb_internal._materialized_hypertable_4', public.by_range('day', interval '100 days'));
INSERT INTO _timescaledb_internal._materialized_hypertable_3
SELECT public.time_bucket('1 hour', ts), device, count(*) FROM m.readings WHERE ts < '2024-01-04' GROUP BY 1, 2;
INSERT INTO _timescaledb_internal._materialized_hypertable_4
SELECT public.time_bucket('1 day', hour), sum(n) FROM _timescaledb_internal._materialized_hypertable_3 GROUP BY 1;
CREATE VIEW _timescaledb_internal._partial_view_3 AS
  SELECT public.time_bucket('1 hour', ts) AS hour, device, count(*) AS n FROM m.readings GROUP BY 1, 2;
CREATE VIEW _timescaledb_internal._direct_view_3 AS
  SELECT public.time_bucket('1 hour', ts) AS hour, device, count(*) AS n FROM m.readings GROUP BY 1, 2;
CREATE VIEW m.hourly AS
  SELECT hour, device, n FROM _timescaledb_internal._materialized_hypertable_3
   WHERE hour < coalesce(_timescaledb_functions.to_timestamp(_timescaledb_functions.cagg_watermark(3)), '-infinity')
  UNION ALL
  SELECT public.time_bucket('1 hour', ts), device, count(*) FROM m.readings
   WHERE ts >= coalesce(_timescaledb_functions.to_timestamp(_timescaledb_functions.cagg_watermark(3)), '-infinity')
   GROUP BY 1, 2;
CREATE VIEW _timescaledb_internal._partial_view_4 AS
  SELECT public.time_bucket('1 day', hour) AS day, sum(n) AS n FROM m.hourly GROUP BY 1;
CREATE VIEW _timescaledb_internal._direct_view_4 AS
  SELECT public.time_bucket('1 day', hour) AS day, sum(n) AS n FROM m.hourly GROUP BY 1;
CREATE VIEW m.daily AS SELECT day, n FROM _timescaledb_internal._materialized_hypertable_4;
INSERT INTO _timescaledb_catalog.continuous_agg VALUES
  (3, 1, NULL, 'm', 'hourly', '_timescaledb_internal', '_partial_view_3', '_timescaledb_internal', '_direct_view_3', false, true),
  (4, 3, 3, 'm', 'daily', '_timescaledb_internal', '_partial_view_4', '_timescaledb_internal', '_direct_view_4', true, true);
INSERT INTO _timescaledb_catalog.continuous_aggs_bucket_function VALUES
  (3, 'public.time_bucket(interval,timestamp with time zone)', '01:00:00', NULL, NULL, NULL, true),
  (4, 'public.time_bucket(interval,timestamp with time zone)', '1 day', NULL, NULL, NULL, true);
INSERT INTO _timescaledb_catalog.continuous_aggs_watermark
SELECT id, _timescaledb_functions.to_unix_microseconds('2024-01-04') FROM unnest('{3,4}'::int[]) id;
INSERT INTO _timescaledb_catalog.continuous_aggs_invalidation_threshold
SELECT id, _timescaledb_functions.to_unix_microseconds('2024-01-04') FROM unnest('{1,3}'::int[]) id;
INSERT INTO _timescaledb_catalog.continuous_aggs_materialization_invalidation_log VALUES
  (3, -9223372036854775808, -210866803200000001), (3, 1704326400000000, 9223372036854775807),
  (4, 1704326400000000, 9223372036854775807);
INSERT INTO _timescaledb_catalog.continuous_aggs_hypertable_invalidation_log VALUES (1, 1704067200000000, 1704070800000000);
CREATE TRIGGER ts_cagg_invalidation_trigger AFTER INSERT OR DELETE OR UPDATE ON m.readings
  FOR EACH ROW EXECUTE FUNCTION _timescaledb_functions.continuous_agg_invalidation_trigger('1');

-- Policies of TimescaleDB's own, a user's action, one of somebody who is no superuser, and one that is off.
CREATE PROCEDURE m.work(int, jsonb) LANGUAGE sql AS 'select 1';
INSERT INTO _timescaledb_config.bgw_job (id, application_name, schedule_interval, max_runtime, max_retries, retry_period,
  proc_schema, proc_name, owner, scheduled, fixed_schedule, initial_start, hypertable_id, config, check_schema, check_name, timezone) VALUES
  (1000, 'Columnstore Policy [1000]', '12:00:00', '00:00:00', -1, '01:00:00', '_timescaledb_functions', 'policy_compression',
   'postgres', true, false, NULL, 1, '{"hypertable_id": 1, "compress_after": "30 years"}', '_timescaledb_functions', 'policy_compression_check', NULL),
  (1001, 'Refresh Continuous Aggregate Policy [1001]', '01:00:00', '00:00:00', -1, '01:00:00', '_timescaledb_functions',
   'policy_refresh_continuous_aggregate', 'postgres', true, true, '2024-01-01', 3,
   '{"end_offset": "01:00:00", "start_offset": "1 mon", "mat_hypertable_id": 3}', '_timescaledb_functions',
   'policy_refresh_continuous_aggregate_check', 'Europe/Berlin'),
  (1002, 'Retention Policy [1002]', '1 day', '00:05:00', -1, '00:05:00', '_timescaledb_functions', 'policy_retention',
   'metrics_app', true, false, NULL, 1, '{"drop_after": "30 years", "hypertable_id": 1}', '_timescaledb_functions', 'policy_retention_check', NULL),
  (1003, 'User-Defined Action [1003]', '1 day', '00:00:00', -1, '00:05:00', 'm', 'work',
   'metrics_app', true, true, '2024-01-01', NULL, '{"text": "tab\t \\. it''s"}', NULL, NULL, NULL),
  (1004, 'User-Defined Action [1004]', '1 day', '00:00:00', -1, '00:05:00', 'm', 'work',
   'postgres', false, true, '2024-01-01', NULL, NULL, NULL, NULL, NULL);
SELECT setval('_timescaledb_config.bgw_job_id_seq', 1004);
