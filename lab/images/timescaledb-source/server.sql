-- What the server's owner made before anything else: a database with TimescaleDB, and the
-- application's own role.
CREATE DATABASE metrics;
\connect metrics
SET client_min_messages = warning;
CREATE EXTENSION timescaledb SCHEMA public;
CREATE ROLE metrics_app LOGIN;
GRANT CREATE ON DATABASE metrics TO metrics_app;
GRANT CREATE ON SCHEMA public TO metrics_app;
