-- What a service has before its owner sees it. Not imitated: the hook that refuses CREATE DATABASE
-- with "tsdb_admin: database ... is not an allowed database name" (here NOCREATEDB refuses it; users
-- report that the real tsdbadmin has CREATEDB, so the lab is stricter), the toolkit, and the
-- TimescaleDB features that the Apache edition lacks.
CREATE ROLE tsdbadmin LOGIN NOSUPERUSER INHERIT NOCREATEDB CREATEROLE NOREPLICATION;
-- These five, and no other predefined role, the service's owner may pass on.
GRANT pg_checkpoint, pg_monitor, pg_signal_backend, pg_read_all_stats, pg_stat_scan_tables
  TO tsdbadmin WITH ADMIN OPTION;

CREATE DATABASE tsdb OWNER tsdbadmin;
\connect tsdb
SET client_min_messages = warning;
CREATE EXTENSION timescaledb SCHEMA public;
CREATE EXTENSION pg_stat_statements SCHEMA public;

-- What the platform lets tsdbadmin do with TimescaleDB, so that the guide's restore works for a user
-- who is no superuser. A bare user can neither run timescaledb_pre_restore() and
-- timescaledb_post_restore() (they set timescaledb.restoring on the database, and stop and start
-- background workers) nor load a dump's catalogue rows ("permission denied for table hypertable")
-- nor create its chunks. How the platform does it is its secret: that it grants all of this is
-- assumed, from the guide's working there. For the functions, this way is one that TimescaleDB's
-- authors gave: https://github.com/timescale/timescaledb/issues/2686
-- The catalogue and its triggers stay the superuser's: tsdbadmin can't disable them, as on the
-- platform.
CREATE SCHEMA _timescaledb_platform;
CREATE FUNCTION _timescaledb_platform.grants() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ALTER FUNCTION public.timescaledb_pre_restore() SECURITY DEFINER;
  ALTER FUNCTION public.timescaledb_post_restore() SECURITY DEFINER;
  REVOKE EXECUTE ON FUNCTION public.timescaledb_pre_restore(), public.timescaledb_post_restore() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION public.timescaledb_pre_restore(), public.timescaledb_post_restore() TO tsdbadmin;
  GRANT USAGE, CREATE ON SCHEMA _timescaledb_internal TO tsdbadmin;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA _timescaledb_catalog, _timescaledb_config TO tsdbadmin;
  GRANT SELECT, UPDATE, USAGE ON ALL SEQUENCES IN SCHEMA _timescaledb_catalog, _timescaledb_config TO tsdbadmin;
END $$;
SELECT _timescaledb_platform.grants();

-- The same again when tsdbadmin makes the extension anew, in another version.
CREATE FUNCTION _timescaledb_platform.extension_made() RETURNS event_trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands()
             WHERE object_type = 'extension' AND object_identity = 'timescaledb') THEN
    PERFORM _timescaledb_platform.grants();
  END IF;
END $$;
CREATE EVENT TRIGGER _timescaledb_platform_extension ON ddl_command_end WHEN TAG IN ('CREATE EXTENSION')
  EXECUTE FUNCTION _timescaledb_platform.extension_made();
