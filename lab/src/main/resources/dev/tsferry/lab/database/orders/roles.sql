-- Roles of an ordinary application, and those that trip a translation of roles by pattern.
-- Roles belong to the whole server: this file runs once per server. No role has a password.

CREATE ROLE shop_owner NOLOGIN;
CREATE ROLE shop_reader NOLOGIN;
CREATE ROLE shop_writer NOLOGIN NOINHERIT;
CREATE ROLE shop_auditor NOLOGIN;
GRANT shop_reader TO shop_writer;

-- The master user works on the owner's tables as a member of it.
GRANT shop_owner TO CURRENT_USER;

CREATE ROLE alice LOGIN IN ROLE shop_writer;
CREATE ROLE bob LOGIN CONNECTION LIMIT 5 VALID UNTIL '2031-12-31 23:59:59+00' IN ROLE shop_reader;
CREATE ROLE carol LOGIN NOINHERIT;
GRANT shop_writer TO carol WITH ADMIN OPTION;
GRANT shop_auditor TO bob;

-- May make databases and roles, which the target's owner may be unable to pass on.
CREATE ROLE shop_deployer LOGIN CREATEDB CREATEROLE;

-- The first predefined role may be granted on a Timescale service, the second may not.
CREATE ROLE metrics LOGIN;
GRANT pg_monitor TO metrics;
CREATE ROLE "nightly-export" LOGIN;
GRANT pg_read_all_data TO "nightly-export";

-- Logs in with IAM on RDS; the role that says so exists nowhere else.
CREATE ROLE lambda_worker LOGIN;
GRANT rds_iam TO lambda_worker;

-- A user's role that merely looks like one of RDS's own.
CREATE ROLE rds_reporting LOGIN IN ROLE shop_reader;

CREATE ROLE "O'Brien, ""the"" SUPERUSER" LOGIN IN ROLE shop_reader;
CREATE ROLE "Größe; DROP ROLE alice; -- 😀" NOLOGIN;
COMMENT ON ROLE "O'Brien, ""the"" SUPERUSER" IS
  'no NOSUPERUSER, NOREPLICATION or NOBYPASSRLS is meant here; it''s "just" text
ALTER ROLE alice SUPERUSER;';
COMMENT ON ROLE rds_reporting IS 'reads for the monthly report';

ALTER ROLE alice SET search_path TO shop, "$user", public;
ALTER ROLE bob SET statement_timeout TO '30s';
ALTER ROLE rds_reporting SET work_mem TO '64MB';
ALTER ROLE "O'Brien, ""the"" SUPERUSER" SET application_name TO 'O''Brien "quoted"';

-- Settings of a database, and of a role in a database, are in neither of pg_dump's dumps.
DO $do$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET datestyle TO %L', current_database(), 'ISO, DMY');
  EXECUTE format('ALTER ROLE bob IN DATABASE %I SET lock_timeout TO %L', current_database(), '5s');
END
$do$;
