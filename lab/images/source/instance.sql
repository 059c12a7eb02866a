-- What every RDS instance has before its owner sees it. RDS's own libraries (rdsutils, rds_tools)
-- and the privileges that its patched server gives rds_superuser (untrusted extensions, event
-- triggers, session_replication_role) are not imitated: the lab is stricter there.
CREATE ROLE rds_superuser NOLOGIN;
CREATE ROLE rds_replication NOLOGIN;
CREATE ROLE rds_password NOLOGIN;
CREATE ROLE rds_iam NOLOGIN;
CREATE ROLE rds_ad NOLOGIN;
CREATE ROLE rdsrepladmin NOLOGIN NOINHERIT REPLICATION;

GRANT pg_monitor, pg_signal_backend, pg_checkpoint, rds_replication, rds_password
  TO rds_superuser WITH ADMIN OPTION;

CREATE DATABASE rdsadmin;
REVOKE ALL ON DATABASE rdsadmin FROM PUBLIC;
