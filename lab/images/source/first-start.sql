-- The instance's owner and first database, by the names that the environment gives.
-- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html
CREATE ROLE :"master_user" LOGIN NOSUPERUSER INHERIT CREATEDB CREATEROLE NOREPLICATION
  VALID UNTIL 'infinity' PASSWORD :'master_password';
GRANT rds_superuser TO :"master_user";
CREATE DATABASE :"database" OWNER :"master_user";
