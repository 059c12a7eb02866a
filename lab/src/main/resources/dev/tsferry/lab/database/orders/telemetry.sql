-- Time series worth converting to hypertables. Keys and indexes follow in telemetry-keys.sql, after
-- the rows.

CREATE SCHEMA telemetry;

CREATE TYPE telemetry.severity AS ENUM ('info', 'warning', 'critical "!"', 'it''s over');

CREATE TABLE telemetry.devices (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  serial_number text NOT NULL UNIQUE,
  installed_on date NOT NULL,
  position point,
  labels text[] NOT NULL DEFAULT '{}'
);

-- No primary key, as series often are.
CREATE TABLE telemetry.readings (
  ts timestamptz NOT NULL,
  device_id integer NOT NULL,
  temperature double precision,
  humidity real,
  pressure numeric(8, 2),
  status smallint NOT NULL DEFAULT 0,
  remark text
);

CREATE TABLE telemetry.events (
  device_id integer NOT NULL,
  at timestamptz NOT NULL,
  severity telemetry.severity NOT NULL,
  payload jsonb NOT NULL,
  CONSTRAINT payload_is_object CHECK (jsonb_typeof(payload) = 'object')
);

-- Names that need quoting, a time without zone, a column that the table computes itself.
CREATE TABLE telemetry."Sensor Log" (
  "recorded At" timestamp NOT NULL,
  "line no." bigserial,
  "Message" text NOT NULL,
  "length" integer GENERATED ALWAYS AS (length("Message")) STORED
);

-- Partitioned by a number.
CREATE TABLE telemetry.counters (
  tick bigint NOT NULL,
  device_id integer NOT NULL,
  value bigint NOT NULL
);
