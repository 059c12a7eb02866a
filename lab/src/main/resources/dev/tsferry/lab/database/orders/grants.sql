-- Privileges and comments.

GRANT USAGE ON SCHEMA shop TO shop_reader;
GRANT USAGE ON SCHEMA telemetry TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA shop TO shop_reader;
GRANT INSERT, UPDATE, DELETE ON shop.orders, shop.order_lines TO shop_writer WITH GRANT OPTION;
GRANT UPDATE (note) ON shop.orders TO "O'Brien, ""the"" SUPERUSER";
GRANT USAGE ON SEQUENCE shop.invoice_number TO shop_writer;
GRANT SELECT ON telemetry.readings, telemetry."Sensor Log" TO rds_reporting;
REVOKE EXECUTE ON FUNCTION shop.order_total(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.order_total(integer) TO shop_reader;
REVOKE ALL ON TYPE shop.order_state FROM PUBLIC;
GRANT USAGE ON TYPE shop.order_state TO shop_reader;
GRANT SELECT ON LARGE OBJECT 4100001 TO shop_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO shop_reader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

COMMENT ON SCHEMA shop IS 'The shop''s "own" schema; see \d';
COMMENT ON SCHEMA public IS 'nothing here, by agreement';
COMMENT ON TABLE telemetry.readings IS 'one row per device and quarter of an hour';
COMMENT ON COLUMN telemetry.readings.temperature IS 'in °C; NaN where the sensor failed';
COMMENT ON INDEX telemetry.readings_ts_idx IS 'named as create_hypertable would';
COMMENT ON TABLE telemetry."Sensor Log" IS $$it's "raw";
COPY "telemetry"."Sensor Log" FROM stdin;
\.
-- end $$;
COMMENT ON TYPE shop.order_state IS 'in the order of an order''s life';
COMMENT ON DOMAIN shop.email IS 'case does not matter';
COMMENT ON CONSTRAINT has_at_sign ON DOMAIN shop.email IS 'no more than that';
COMMENT ON CONSTRAINT no_double_booking ON shop.bookings IS 'needs btree_gist';
COMMENT ON SEQUENCE shop.invoice_number IS 'gaps are allowed';
COMMENT ON FUNCTION shop.order_total(integer) IS 'of an order''s lines';
COMMENT ON VIEW shop.customer_orders IS 'leans on a primary key';
COMMENT ON MATERIALIZED VIEW telemetry.daily IS 'refreshed at night';
COMMENT ON TRIGGER orders_noted ON shop.orders IS 'for the journal';
COMMENT ON POLICY own_rows ON shop.confidential IS 'everybody sees his own';
COMMENT ON RULE journal_is_final ON shop.journal IS 'never forget';
COMMENT ON STATISTICS telemetry.readings_device_status IS 'they depend';
COMMENT ON COLUMN "we""ird, it's
a 😀 schema; --"."select * from ""T""; /* \. $$"."""" IS E'\\.\n\\connect postgres\n-- 😀 */ $$ ;';
DO $do$
BEGIN
  EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'orders, and what devices say');
END
$do$;
