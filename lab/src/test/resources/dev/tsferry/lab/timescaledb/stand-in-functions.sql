-- What the full edition's library does for jobs, as far as a migration asks for it: the catalogue's row, no scheduling.
CREATE OR REPLACE FUNCTION public.alter_job(
  job_id integer, schedule_interval interval = NULL, max_runtime interval = NULL, max_retries integer = NULL,
  retry_period interval = NULL, scheduled boolean = NULL, config jsonb = NULL, next_start timestamptz = NULL,
  if_exists boolean = FALSE, check_config regproc = NULL, fixed_schedule boolean = NULL,
  initial_start timestamptz = NULL, timezone text DEFAULT NULL)
RETURNS TABLE (job_id integer, schedule_interval interval, max_runtime interval, max_retries integer,
  retry_period interval, scheduled boolean, config jsonb, next_start timestamptz, check_config text,
  fixed_schedule boolean, initial_start timestamptz, timezone text)
LANGUAGE sql AS $$
  UPDATE _timescaledb_config.bgw_job j SET scheduled = coalesce($6, j.scheduled) WHERE j.id = $1
  RETURNING j.id, j.schedule_interval, j.max_runtime, j.max_retries, j.retry_period, j.scheduled, j.config,
            NULL::timestamptz, NULL::text, j.fixed_schedule, j.initial_start, j.timezone
$$;
CREATE OR REPLACE FUNCTION public.delete_job(job_id integer) RETURNS void LANGUAGE sql STRICT AS $$
  DELETE FROM _timescaledb_config.bgw_job WHERE id = $1
$$;
