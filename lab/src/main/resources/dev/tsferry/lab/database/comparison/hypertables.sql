-- What is inside hypertables, by TimescaleDB's own views and by PostgreSQL's catalogue of the chunks.
WITH chunks AS (
  SELECT c.oid, format('%I.%I', chunk_schema, chunk_name) AS name
  FROM timescaledb_information.chunks
  JOIN pg_class c ON c.oid = format('%I.%I', chunk_schema, chunk_name)::regclass
)
SELECT 'hypertable ' || format('%I.%I', hypertable_schema, hypertable_name), format('%s dimensions, %s chunks', num_dimensions, num_chunks)
FROM timescaledb_information.hypertables
UNION ALL
SELECT format('dimension %s of %I.%I', dimension_number, hypertable_schema, hypertable_name),
       concat_ws(' ', column_name, column_type, time_interval, integer_interval, integer_now_func, num_partitions)
FROM timescaledb_information.dimensions
UNION ALL
SELECT 'chunk ' || format('%I.%I', chunk_schema, chunk_name),
       concat_ws(' ', hypertable_schema, hypertable_name, primary_dimension, range_start, range_end,
                 range_start_integer, range_end_integer, is_compressed)
FROM timescaledb_information.chunks
UNION ALL
SELECT 'hypertable of ' || format('%I.%I', chunk_schema, chunk_name), format('%I.%I', hypertable_schema, hypertable_name)
FROM timescaledb_information.chunks
UNION ALL
SELECT 'column ' || attname || ' of ' || name, format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END
FROM chunks JOIN pg_attribute a ON attrelid = chunks.oid WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'index ' || i.indexrelid::regclass || ' of ' || name, pg_get_indexdef(i.indexrelid)
FROM chunks JOIN pg_index i ON indrelid = chunks.oid
UNION ALL
SELECT 'constraint ' || conname || ' of ' || name, pg_get_constraintdef(k.oid)
FROM chunks JOIN pg_constraint k ON conrelid = chunks.oid WHERE contype <> 'n'
UNION ALL
SELECT 'trigger ' || tgname || ' of ' || name, concat('enabled ', tgenabled, ' ') || pg_get_triggerdef(t.oid)
FROM chunks JOIN pg_trigger t ON tgrelid = chunks.oid WHERE NOT tgisinternal
UNION ALL
SELECT 'insert blocker of ' || tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'ts_insert_blocker'
UNION ALL
SELECT 'job ' || job_id, concat_ws(' ', proc_schema, proc_name, schedule_interval, scheduled, config)
FROM timescaledb_information.jobs WHERE job_id >= 1000
UNION ALL
SELECT 'next value of ' || c.oid::regclass, pg_sequence_last_value(c.oid)::text
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind = 'S' AND nspname = '_timescaledb_catalog' AND relname !~ 'telemetry'
